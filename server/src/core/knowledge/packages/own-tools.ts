// Tools that package managers and languages are set up with. People want the newest one, or there are no new ones, or a
// lock file of the project says which one is meant. Sources: the documentation of each tool.

/** By family of the package manager, what may be installed without a version. */
export const ownTools: ReadonlyMap<string, RegExp> = new Map([
  ['pip', /^(?:pip|setuptools|wheel|virtualenv|pipenv|awscli)(?:\[|$)/],
  // Yarn 1 has no new versions, and the others have been finished for years. Corepack and n fetch what is asked for.
  ['npm', /^(?:npm|npx|yarn|corepack|n|node-gyp|bower|grunt-cli|gulp-cli)(?:@latest)?$/],
  // Bundler switches to the version in Gemfile.lock.
  ['gem', /^(?:bundler?|rubygems-update)$/],
]);
