import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../process/log.ts';
import { keepMaster, type Master } from '../photographs.ts';
import type { FilmRendition } from '../sources.ts';
import type { Storage } from '../storage.ts';
import { readFilm } from './container.ts';
import { type Job, type JobStore, LostJob } from './job-store.ts';
import type { Rung } from './ladder.ts';
import type { Packager } from './packager.ts';
import { peakBandwidth } from './playlists.ts';

export interface PackagingPlant {
  readonly jobs: JobStore;
  readonly storage: Storage;
  readonly packager: Packager;
  readonly log: Logger;
}

/** Packages films, one at a time, until it is stopped. */
export interface Packaging {
  /** Looks for a film now: worth calling when there is one. */
  readonly wake: () => void;
  /** Interrupts the film that is being packaged; it is gone on with at the next start. */
  readonly stop: () => Promise<void>;
}

/** How often to look without being woken, in milliseconds. */
const PAUSE_MS = 2_000;

export const startPackaging = (plant: PackagingPlant): Packaging => {
  const stopping = new AbortController();
  let wake = new AbortController();

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      wake = new AbortController();
      try {
        if (await packageOne(plant, stopping.signal)) continue;
      } catch (error) {
        plant.log.warn({ err: error }, 'could not look for films to package');
      }
      const signal = AbortSignal.any([stopping.signal, wake.signal]);
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const running = run();

  return {
    wake: () => wake.abort(),
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};

/** How often whoever has a job says so, in milliseconds: well within the lease. */
const BEAT_MS = 3_000;

/** The poster shows what is to be seen then, in seconds, or in the middle of a shorter film. */
const POSTER_SECOND = 1;

/**
 * Packages one film, where one waits: rendition by rendition, each kept as soon as it is finished, so that
 * whoever goes on after the death of this process makes only what is missing. Viewers see nothing of it until
 * all is there, and then all at once.
 *
 * @param stopping interrupts; the job is left to whoever takes it up next
 * @returns whether there was one
 */
const packageOne = async (plant: PackagingPlant, stopping: AbortSignal): Promise<boolean> => {
  const job = await plant.jobs.take();
  if (job === null) return false;
  const { jobs, log } = plant;
  const progress = { percent: 0 };
  const lost = new AbortController();
  const beating = setInterval(() => {
    jobs.beat(job, progress.percent).catch((error: unknown) => {
      if (error instanceof LostJob) lost.abort(error);
      else log.warn({ err: error, videoId: job.videoId }, 'could not say that a film is packaged');
    });
  }, BEAT_MS);
  try {
    await packageFilm(plant, job, progress, AbortSignal.any([stopping, lost.signal]));
  } catch (error) {
    if (stopping.aborted) await jobs.giveBack(job);
    else if (error instanceof LostJob || lost.signal.aborted) {
      log.warn({ videoId: job.videoId }, 'another process packages the film');
    } else {
      log.error({ err: error, videoId: job.videoId }, 'could not package a film');
      await jobs.fail(job);
    }
  } finally {
    clearInterval(beating);
    await rm(workFolder(plant.storage, job), { recursive: true, force: true });
  }
  return true;
};

/** Of one attempt: what an earlier one may still be writing lies elsewhere. */
const workFolder = ({ folder }: Storage, { videoId, fence }: Job): string =>
  path.join(folder, 'packaging', `${videoId}-${fence}`);

const packageFilm = async (
  plant: PackagingPlant,
  job: Job,
  progress: { percent: number },
  signal: AbortSignal,
): Promise<void> => {
  const { jobs, storage, packager } = plant;
  const source = await storage.find(job.file);
  if (source === null) throw new Error('The film as it came is gone.');
  const ladder = packager.ladder(job);
  const pixels = ladder.reduce((sum, rung) => sum + sizeOf(rung), 0);
  let done = 0;
  for (const rung of ladder) {
    const share = (part: number): void => {
      progress.percent = Math.min(99, Math.floor((100 * (done + part * sizeOf(rung))) / pixels));
    };
    const isFinished = job.finished.some(({ name }) => name === rung.name);
    if (!isFinished) await makeRendition(plant, job, rung, source, share, signal);
    done += sizeOf(rung);
    share(0);
    await jobs.beat(job, progress.percent);
  }
  await jobs.publish(job, await posterOf(plant, job, source));
};

const sizeOf = ({ width, height }: Rung): number => width * height;

const makeRendition = async (
  { jobs, storage, packager }: PackagingPlant,
  job: Job,
  rung: Rung,
  source: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  const folder = workFolder(storage, job);
  await mkdir(folder, { recursive: true });
  await packager.make(rung, {
    source,
    durationSeconds: job.durationSeconds,
    folder,
    onProgress,
    signal,
  });
  const made = { file: `${rung.name}.mp4`, playlist: `${rung.name}.m3u8` };
  const facts = await readFilm(path.join(folder, made.file));
  if (typeof facts === 'string') throw new Error('A rendition was made that cannot be read.');
  const playlist = await readFile(path.join(folder, made.playlist), 'utf8');
  // The fence stands in the keys, so that no attempt writes over another's.
  const kept = `films/${job.videoId}/${job.fence}`;
  const rendition: FilmRendition = {
    name: rung.name,
    width: facts.width,
    height: facts.height,
    bandwidth: peakBandwidth(playlist),
    codecs: facts.codecs,
    file: `${kept}/${made.file}`,
    playlist: `${kept}/${made.playlist}`,
  };
  await storage.keep(rendition.file, path.join(folder, made.file));
  await storage.keep(rendition.playlist, path.join(folder, made.playlist));
  await jobs.addRendition(job, rendition);
};

const posterOf = async (
  { storage, packager }: PackagingPlant,
  { durationSeconds }: Job,
  source: string,
): Promise<Master | null> => {
  const still = await packager.still(source, Math.min(POSTER_SECOND, durationSeconds / 2));
  return still === null ? null : keepMaster(storage, still);
};
