// All patterns and what works on them, in a file of its own of the bundle: most starts need none.
export { sourceOf } from './answers';
export { chooseBuilders, choosePatterns, patternNamed, rivalsOf } from './choose-patterns';
export { repositoriesToList, withCurrentVersions } from './current-versions';
export { planDiet } from './diet';
export { draft } from './draft';
export { groupTitle } from './groups';
export { patterns } from './index.generated';
export { findProject, projectFolders } from './project/find-project';
export { readPattern } from './read-pattern';
export { snippetsOf } from './snippet';
