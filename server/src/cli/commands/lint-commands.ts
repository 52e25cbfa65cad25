// The commands that lint and tell about rules, and the part of threads: a file of the bundle, without what builds images.
export { serveChecks } from '../check-many';
export { check } from './check';
export { explain } from './explain';
export { merge } from './merge';
export { rules } from './rules';
