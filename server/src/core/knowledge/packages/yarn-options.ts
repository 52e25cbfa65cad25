// Options of `yarn install` that Yarn 1 has and later ones refuse. Source: Yarn 3.8 and 4.18, asked one by one.

/** By the option with its dashes. */
export const refusedByYarn: ReadonlySet<string> = new Set(
  `--cache-folder --check-files --flat --force --har --ignore-engines --ignore-optional --ignore-platform --ignore-scripts
  --link-duplicates --modules-folder --network-concurrency --no-lockfile --no-progress --non-interactive --offline
  --prefer-offline --prod --production --pure-lockfile`.split(/\s+/),
);
