import { board } from './board.ts';
import { depots } from './depots.ts';
import { desk } from './desk.ts';
import type { FederationSource } from './federation.ts';
import { forest } from './forest.ts';
import { garage } from './garage.ts';
import { hostile } from './hostile.ts';
import { lab } from './lab.ts';
import { library } from './library.ts';
import { moving } from './moving.ts';
import { newsroom } from './newsroom.ts';
import { offices } from './offices.ts';
import { shop } from './shop.ts';
import { streets } from './streets.ts';
import { surveys } from './surveys.ts';
import { tenants } from './tenants.ts';
import { zoo } from './zoo.ts';

/** Small supergraphs that together use all that a federation can. */
export const FEDERATIONS: readonly FederationSource[] = [
  shop,
  library,
  newsroom,
  offices,
  board,
  surveys,
  garage,
  desk,
  moving,
  tenants,
  forest,
  lab,
  streets,
  zoo,
  depots,
  hostile,
];
