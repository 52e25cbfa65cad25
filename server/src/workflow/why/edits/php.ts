// Edits for the image of PHP, which keeps the PHP of its distribution away.
import { dropCommand } from '../../../core/fixes/drop-command';
import { insertStep } from '../../../core/fixes/own-step';
import { removeWords } from '../../../core/shell/removal';
import { replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { installsHere, offer, several } from './failure';
import type { Failure } from './failure';

/** What the image has already. Source: `php -m` of the official image, and docker-php-ext-install for `dev`. */
const isThere: ReadonlySet<string> = new Set(
  'cli common curl dev dom json mbstring mysqlnd openssl readline simplexml sqlite sqlite3 tokenizer xml zlib'.split(
    ' ',
  ),
);

/** What docker-php-ext-install builds without other packages, by the part of the package's name. */
const extensions: ReadonlyMap<string, readonly string[]> = new Map([
  ['mysql', ['mysqli', 'pdo_mysql']],
  ...['bcmath', 'calendar', 'exif', 'opcache', 'pcntl', 'shmop', 'sockets'].map(
    (name): [string, readonly string[]] => [name, [name]],
  ),
]);

/** Leaves out the packages of the distribution's PHP, and builds the extensions that they stand for. */
export function ofPhpImage(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const missing = several(facts.package);
  const parts = missing.map((name) => /^php\d?(?:\.\d)?-([\w-]+)$/.exec(name)?.[1]);
  if (stage.base.name !== 'php' || parts.length === 0) return [];
  if (!parts.every((part) => part !== undefined && (isThere.has(part) || extensions.has(part)))) return [];
  const [install, ...others] = installsHere(failure, 'apt').filter(({ packages }) =>
    packages.some(({ value }) => missing.includes(value ?? '')),
  );
  if (!install || others.length > 0) return [];
  const built = new Set(
    [...model.file.text.matchAll(/docker-php-ext-install([^&;]*)/g)].flatMap(([, names = '']) =>
      names.split(/\W+/),
    ),
  );
  const wanted = [...new Set(parts.flatMap((part) => extensions.get(part ?? '') ?? []))].filter(
    (name) => !built.has(name),
  );
  const step =
    wanted.length === 0
      ? []
      : [insertStep(model, stage, instruction, [`docker-php-ext-install ${wanted.join(' ')}`])];
  const title =
    wanted.length === 0
      ? `Leave out ${missing.join(' and ')}, which the image has`
      : `Install ${wanted.join(' and ')} with docker-php-ext-install instead`;
  const words = install.packages.filter(({ value }) => missing.includes(value ?? ''));
  const edits =
    words.length === install.packages.length
      ? dropCommand(model, install.command, title)?.edits
      : words.map((word) => removeWords(model, install.command, word)).reduce(joined, []);
  return edits ? offer(title, ...step, ...edits) : [];
}

/** How the installer of composer is compared with a checksum that its author wrote down: each release of it has another one. */
const writtenChecksum =
  /(?:composer-setup|installer)[\w.-]*(\\?['"])\s*\)?\s*={2,3}\s*(\\?['"][0-9a-f]{96}\\?['"])/gi;

/**
 * Compares the installer of composer with the checksum that its publisher names now.
 * Source: getcomposer.org, How do I install Composer programmatically.
 */
export function presentComposer({ model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const edits = stage.instructions
    .filter(({ keyword, index }) => keyword === 'RUN' && index <= instruction.index)
    .flatMap(({ span }) =>
      [...model.document.slice(span).matchAll(writtenChecksum)].map(
        ({ index, 0: whole, 1: quote = "'", 2: written = '' }) => {
          const end = span.start + index + whole.length;
          return replace(
            { start: end - written.length, end },
            `trim(file_get_contents(${quote}https://composer.github.io/installer.sig${quote}))`,
          );
        },
      ),
    );
  return offer('Compare the installer of composer with its current checksum', ...edits);
}

function joined<T>(all: readonly T[] | undefined, more: readonly T[] | undefined): readonly T[] | undefined {
  return all && more && [...all, ...more];
}
