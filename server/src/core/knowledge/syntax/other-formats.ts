// Endings of names that say which other format a file has. A Dockerfile may end so as well (Dockerfile.go, Dockerfile.php),
// so the content decides.

/** In lower case, without the dot. */
export const otherFormats: ReadonlySet<string> = new Set(
  (
    'adoc bat c cc cfg cmd conf cpp cs css csv dart erb ex exs go gradle h hcl hpp html ini j2 java js json jsonc jsx kt lock log ' +
    'lua md mjs mod mts patch pdf php pl png ps1 py rb rs rst scala sh sql sum svg swift tf toml ts tsx vue xml yaml yml'
  ).split(' '),
);
