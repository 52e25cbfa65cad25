// Makes the generated tables. Reads only what it is given: clones and indexes are somebody else's work.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { packLastListed } from './last-listed';
import { lastDay, readLibrary } from './library-files';
import { packBaseVersions, packLibraryNames } from './official-library';
import { packNames } from './package-names';
import { packReleases } from './pack';
import { Settler } from './settle';
import { lookUpVersions, readVersionTable, versionsFile } from './versions';

const help = `Usage: npm run tables -- [OPTIONS]

  --official DIR        git directory of docker-library/official-images: makes the tables of its images
  --versions DIR        git directory of docker-library/official-images: looks up the versions that patterns propose, those
                        that the bases of the light bulb came in, and the names of all official images
  --repositories DIR    folder with git directories of the images' own repositories, as OWNER/NAME.git, OWNER+NAME or
                        OWNER+NAME/repo; a tag whose repository is missing stays unsettled
  --index SUITE=FILE    an index of packages ("Packages", not compressed) of a Debian suite; repeat it for each suite
                        and for its updates: makes the table of packages that not every suite has
  --words FILE          names of packages that Dockerfiles install, one a line: the table has only these, and the same
                        names with other numbers; those of older suites, from former-names.txt beside this, are added
`;

const formerNames = 'server/tools/tables/former-names.txt';
const images = 'server/src/core/knowledge/images/image-tables.generated.ts';
const libraryFile = 'server/src/core/knowledge/images/official-library.generated.ts';
const names = 'server/src/core/knowledge/packages/debian-names.generated.ts';

/** @returns the exit status */
export function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      official: { type: 'string' },
      versions: { type: 'string' },
      repositories: { type: 'string' },
      index: { type: 'string', multiple: true },
      words: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const { official, versions, repositories, index, words } = values;
  if (values.help === true || (official ?? versions ?? index) === undefined) {
    console.log(help);
    return values.help === true ? 0 : 2;
  }
  if (versions !== undefined) {
    const library = readLibrary(versions);
    const table = lookUpVersions(readVersionTable(), versions, library);
    writeFileSync(versionsFile, `${JSON.stringify(table, null, 2)}\n`);
    write(libraryFile, 'the history of docker-library/official-images', {
      libraryNames: packLibraryNames(library),
      baseVersions: packBaseVersions(library),
    });
  }
  if (official !== undefined) makeImageTables(official, repositories ?? '.');
  if (index !== undefined) {
    if (words === undefined) {
      console.error('--index needs --words');
      return 2;
    }
    makeNames(index, words);
  }
  return 0;
}

function makeImageTables(official: string, repositories: string): void {
  const library = readLibrary(official);
  const settled = new Settler(library, repositories).settleAll();
  const open = [...settled.values()].filter((release) => release === undefined).length;
  console.log(`${settled.size} tags, ${settled.size - open} settled`);
  write(images, 'the history of docker-library/official-images and of the repositories of its images', {
    imageTablesDate: lastDay(official),
    releaseTable: packReleases(settled),
    lastListedTable: packLastListed(library),
  });
}

function makeNames(indexes: readonly string[], words: string): void {
  const [wanted, former] = [words, formerNames].map(
    (file) =>
      new Set(
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line) => line.trim() || []),
      ),
  ) as [Set<string>, Set<string>];
  const texts = indexes.map((one) => {
    const equals = one.indexOf('=');
    return { suite: one.slice(0, equals), text: readFileSync(one.slice(equals + 1), 'utf8') };
  });
  write(names, "the package indexes of Debian's suites", {
    namesDate: new Date().toISOString().slice(0, 10),
    namesTable: packNames(texts, wanted, former),
  });
}

function write(path: string, source: string, tables: Readonly<Record<string, string>>): void {
  const constants = Object.entries(tables).map(([name, text]) =>
    text.includes('\n') ? `export const ${name} = \`${text}\`;` : `export const ${name} = '${text}';`,
  );
  const all = [`// Made by \`npm run tables\` from ${source}.`, ...constants].join('\n\n');
  writeFileSync(path, `${all}\n`);
  const size = gzipSync(all, { level: 9 }).length;
  console.log(`${path}: ${String(all.length)} bytes, ${String(size)} gzipped`);
}
