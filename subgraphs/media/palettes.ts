/** The colours of one drawn picture, as `#rrggbb`. */
export interface Palette {
  /** The wall behind, at the top and at the horizon. */
  readonly wall: readonly [string, string];
  /** The surface that the thing stands on, at the horizon and in front. */
  readonly floor: readonly [string, string];
  /** The large shape on the wall. */
  readonly shape: string;
  /** The thing itself, where light falls on it and where it does not. */
  readonly body: readonly [string, string];
  /** Its bright parts. */
  readonly highlight: string;
  /** Its outline. */
  readonly line: string;
}

/** Quiet rooms, saturated things: the colours were chosen by eye, for contrast between the two. */
export const PALETTES = {
  apricot: {
    wall: ['#fdeee0', '#f8d9bd'],
    floor: ['#f1c8a4', '#f9dfc7'],
    shape: '#f4b98a',
    body: ['#f58b4c', '#d9602a'],
    highlight: '#fff3e8',
    line: '#5b2412',
  },
  brass: {
    wall: ['#f6f1e3', '#e8ddbf'],
    floor: ['#d9caa2', '#ede4cb'],
    shape: '#dcc68a',
    body: ['#d7a63a', '#a97818'],
    highlight: '#fff8e3',
    line: '#43300a',
  },
  cherry: {
    wall: ['#fbe9ea', '#f3cdd0'],
    floor: ['#e9b7bc', '#f6d8da'],
    shape: '#eda3ab',
    body: ['#e0465c', '#ad2140'],
    highlight: '#fff1f2',
    line: '#4c0d1e',
  },
  clay: {
    wall: ['#f4ebe5', '#e5d1c4'],
    floor: ['#d6bba9', '#eaddd2'],
    shape: '#d3a78d',
    body: ['#b8694a', '#8a4630'],
    highlight: '#fbf1ea',
    line: '#3b1b10',
  },
  fern: {
    wall: ['#edf4e8', '#d3e4c8'],
    floor: ['#bdd3ae', '#dfebd6'],
    shape: '#a9cb94',
    body: ['#5d9c4b', '#376f30'],
    highlight: '#f4fbef',
    line: '#152f14',
  },
  ink: {
    wall: ['#e9edf3', '#ccd5e2'],
    floor: ['#b5c1d2', '#d9e0ea'],
    shape: '#a6b6cd',
    body: ['#42587d', '#243656'],
    highlight: '#f3f6fb',
    line: '#0c1527',
  },
  lagoon: {
    wall: ['#e3f4f4', '#bfe3e4'],
    floor: ['#a2d0d2', '#d0eaeb'],
    shape: '#86cdcf',
    body: ['#1f9aa3', '#0d6a76'],
    highlight: '#effbfb',
    line: '#062d33',
  },
  lilac: {
    wall: ['#f1ecf9', '#dccff0'],
    floor: ['#c8b6e3', '#e5dcf3'],
    shape: '#c0a6e4',
    body: ['#8a5fc7', '#5f3a9b'],
    highlight: '#f8f4fd',
    line: '#25123f',
  },
  mint: {
    wall: ['#e6f5ee', '#c5e6d7'],
    floor: ['#a9d4c0', '#d5ece1'],
    shape: '#8fd0b3',
    body: ['#f27a6a', '#cf4c48'],
    highlight: '#fff2ef',
    line: '#12352a',
  },
  plum: {
    wall: ['#f6eaf2', '#e6cbdd'],
    floor: ['#d5b1c9', '#eddce7'],
    shape: '#d3a3c3',
    body: ['#e9a23b', '#c4741c'],
    highlight: '#fff6e6',
    line: '#3d1233',
  },
  rose: {
    wall: ['#fcedf2', '#f5d3df'],
    floor: ['#eabccd', '#f8dfe8'],
    shape: '#efabc3',
    body: ['#3f7d8c', '#255a69'],
    highlight: '#f0f8fa',
    line: '#0f2a33',
  },
  sky: {
    wall: ['#e7f1fb', '#c7def4'],
    floor: ['#abcbe9', '#d7e7f6'],
    shape: '#93c0ea',
    body: ['#2f7fd1', '#1a569c'],
    highlight: '#f1f7fd',
    line: '#08203f',
  },
  slate: {
    wall: ['#eff0f1', '#d8dbde'],
    floor: ['#c2c7cc', '#e2e5e7'],
    shape: '#b9c0c7',
    body: ['#717d8a', '#4a5561'],
    highlight: '#f8f9fa',
    line: '#191f26',
  },
  sunflower: {
    wall: ['#fef6da', '#fae7a5'],
    floor: ['#f0d680', '#fcefc2'],
    shape: '#f6d35c',
    body: ['#3c5aa6', '#263d7c'],
    highlight: '#f2f5fc',
    line: '#0f1a3b',
  },
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof PALETTES;

/** In alphabetical order, for whoever deals them out by number. */
export const PALETTE_NAMES = Object.keys(PALETTES).sort() as readonly PaletteName[]; // Object.keys forgets the union
