import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { SettingsError } from '../../process/settings.ts';
import { type Library, storePhotograph } from '../../subgraphs/media/photographs.ts';
import type { Store } from '../../subgraphs/media/store.ts';
import { wordPattern } from './words.ts';

/** A listing that could show a photograph. */
interface Candidate {
  readonly productId: string;
  readonly title: string;
  /** Where it stands among the rows of the file, from 0. */
  readonly index: number;
}

/** Where photographs come from and go to. */
export interface Album {
  /** Shows photographs with these listings; those that show something already keep it. */
  readonly show: (candidates: readonly Candidate[]) => Promise<number>;
}

/** Of the listings that no photograph fits, every so manieth gets one all the same. */
const EVERY = 12;

/** What a class of photographs is called in titles, the plainest word first, where that is not its own name. */
const WORDS: Readonly<Record<string, string>> = {
  hat: 'hat|cap|beanie|sombrero',
  longsleeve: 'sweater|longsleeve|jumper|pullover|cardigan',
  outwear: 'jacket|coat|raincoat|poncho',
  pants: 'trousers|pants|jeans',
  shoes: 'shoe|boot|slipper|sandal|sneaker',
  t: 't-shirt|tshirt|tee',
};

interface Shelf {
  readonly pattern: RegExp;
  readonly files: readonly string[];
}

/**
 * Opens a folder of photographs. A file's class is its name up to the first `-`; which listing shows
 * which file follows from the listing's place in the imported file alone, so that an import that was
 * cut off goes on as it began.
 *
 * @throws SettingsError where there is no such folder, or no photograph in it
 */
export const openAlbum = async (
  folder: string,
  library: Library & { readonly store: Pick<Store, 'shownBy'> },
): Promise<Album> => {
  const files = await photographsIn(folder);
  const shelves = shelvesOf(files);
  /** Ids of pictures by file: taking one in costs some 50 ms, showing it again one statement. */
  const taken = new Map<string, string>();

  const pictureOf = async (file: string): Promise<string> => {
    const known = taken.get(file);
    if (known !== undefined) return known;
    const bytes = await readFile(path.join(folder, file));
    const { id } = await storePhotograph(library, bytes, `Photograph: ${plainName(file)}`);
    taken.set(file, id);
    return id;
  };

  return {
    show: async (candidates) => {
      const chosen = candidates.flatMap((candidate) => {
        const file = chooseFile(candidate, shelves, files);
        return file === undefined ? [] : [{ ...candidate, file }];
      });
      const ids = chosen.map(({ productId }) => productId);
      const shown = ids.length === 0 ? [] : await library.store.shownBy('PRODUCT', ids);
      const furnished = new Set(shown.map(({ ownerId }) => ownerId));
      const bare = chosen.filter(({ productId }) => !furnished.has(productId));
      for (const { productId, file } of bare) {
        const place = { ownerKind: 'PRODUCT', ownerId: productId, position: 0 } as const;
        await library.store.attach(await pictureOf(file), place);
      }
      return bare.length;
    },
  };
};

const photographsIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch(() => {
    throw new SettingsError(`--photos ${folder}: there is no such folder`);
  });
  const files = names.filter((name) => /\.(?:jpe?g|png|webp)$/i.test(name)).sort();
  if (files.length > 0) return files;
  throw new SettingsError(`--photos ${folder}: it holds no JPEG, PNG or WebP file`);
};

const shelvesOf = (files: readonly string[]): readonly Shelf[] => {
  const classes = new Set(files.map(classOf));
  return [...classes].map((name) => ({
    pattern: wordPattern(WORDS[name] ?? name),
    files: files.filter((file) => classOf(file) === name),
  }));
};

/** Up to what is no letter: the class is looked for in titles, as a word. */
const classOf = (file: string): string => /^[a-z]*/.exec(file.toLowerCase())?.[0] || 'photograph';

const plainName = (file: string): string => WORDS[classOf(file)]?.split('|')[0] ?? classOf(file);

/** The file that shows such a thing, or now and then any. */
const chooseFile = (
  { title, index }: Pick<Candidate, 'title' | 'index'>,
  shelves: readonly Shelf[],
  all: readonly string[],
): string | undefined => {
  const fitting = shelves.find(({ pattern }) => pattern.test(title))?.files;
  if (fitting !== undefined) return fitting[index % fitting.length];
  return index % EVERY === 0 ? all[(index / EVERY) % all.length] : undefined;
};
