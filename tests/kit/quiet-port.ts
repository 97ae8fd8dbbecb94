export { quietPort } from '../../stack/ports.ts';
