import { readFileSync } from 'node:fs';
import path from 'node:path';
import { print } from 'graphql';
import { MANIFEST, type RegisteredOperation } from '../../checks/operations/read.ts';
import { hashOf } from '../../router/documents/persisted.ts';

/** What a client sends in the place of the text, as router/documents/trusted.ts finds it. */
export const idOf = ({ document, definition }: RegisteredOperation): string => {
  const source = definition.loc?.source;
  if (source === undefined || path.basename(source.name) !== MANIFEST)
    return hashOf(print(document));
  const texts = Object.entries(Object(JSON.parse(readFileSync(source.name, 'utf8'))));
  return texts.find(([, text]) => text === source.body)?.[0] ?? '';
};
