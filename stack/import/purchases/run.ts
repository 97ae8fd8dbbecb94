import type { ImportStore } from '../../../subgraphs/catalog/imports.ts';
import type { Store } from '../../../subgraphs/recommendations/store.ts';
import type { ImportArguments } from '../arguments.ts';
import type { CsvFile } from '../csv.ts';
import type { Totals } from '../import.ts';
import { openRejects } from '../rejects.ts';
import { createReporter } from '../report.ts';
import type { Summary, Surroundings } from '../surroundings.ts';
import { importPurchases, type PurchaseWork } from './import.ts';

export interface PurchaseFile {
  readonly csv: CsvFile;
  readonly header: readonly string[];
  /** Bytes of the file as it lies there. */
  readonly size: number;
  readonly read: PurchaseWork['read'];
}

export interface PurchaseStores {
  readonly catalog: Pick<ImportStore, 'idsByImportKey'>;
  readonly recommendations: Pick<Store, 'record'>;
}

/** Imports a file of purchases into databases that run. */
export const runPurchases = async (
  { csv, header, size, read }: PurchaseFile,
  { file, batch }: ImportArguments,
  { catalog, recommendations }: PurchaseStores,
  { rejectsFolder, output, signal }: Surroundings,
): Promise<Summary> => {
  const rejects = await openRejects(rejectsFolder, file, header);
  const reporter = createReporter(size, output);
  const report = (totals: Totals): void => reporter.update(totals, csv.bytesRead());
  try {
    const totals = await importPurchases({
      ...{ rows: csv.rows, read, batch, report, signal, reject: rejects.add },
      idsByImportKey: catalog.idsByImportKey,
      record: recommendations.record,
    }).finally(rejects.close);
    return { totals, photographs: 0, rejectsFile: rejects.file };
  } finally {
    reporter.end();
  }
};
