// All patterns and what works on them, in a file of its own of the bundle: most starts need none.
export { patterns } from './index.generated';
export { snippetsOf } from './snippet';
