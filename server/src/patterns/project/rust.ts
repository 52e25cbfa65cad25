// A project in Rust: Cargo.toml, its members, and the toolchain file.
import { isRecord } from '../../core/text/record';
import { factOf, folderOf, nameOf, notToml, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';
import { isBrokenToml, readToml, tableAt, textAt } from './toml';
import { shortened } from './versions';

export function findRust(files: ProjectFiles, book: FactBook): void {
  if (!files.paths.includes('Cargo.toml')) return;
  const manifest = readToml(files.text('Cargo.toml'));
  book.add('rust', yes, 'Cargo.toml');
  if (isBrokenToml(files.text('Cargo.toml'))) book.stop('Cargo.toml', notToml);
  const shared = tableAt(manifest, 'workspace', 'package');
  const oldest = textAt(tableAt(manifest, 'package'), 'rust-version') ?? textAt(shared, 'rust-version');
  book.agree('rust.version', [
    ...toolchainsOf(files),
    ...factOf(oldest && `>=${oldest}`, 'Cargo.toml', { isRange: true }),
  ]);
  if (isRecord(manifest['workspace'])) book.add('rust.workspace', yes, 'Cargo.toml');

  const members = files.paths.filter((path) => nameOf(path) === 'Cargo.toml' && !path.includes('target/'));
  const programs = members.flatMap((path) => programsOf(files, path));
  book.choose(
    'rust.program',
    programs.map(({ name, source }) => ({ value: name, source })),
  );
  book.choose(
    'rust.package',
    unique(programs.map(({ packageName, source }) => ({ value: packageName, source }))),
  );
  const script = files.paths.find((path) => nameOf(path) === 'build.rs');
  if (script !== undefined) book.add('rust.buildscript', yes, script);
}

function toolchainsOf(files: ProjectFiles): readonly Fact[] {
  return ['rust-toolchain.toml', 'rust-toolchain'].flatMap((path) => {
    const text = files.text(path);
    if (text === undefined) return [];
    const channel = textAt(tableAt(readToml(text), 'toolchain'), 'channel') ?? text.trim();
    const version = /^\d+\.\d+(?:\.\d+)?$/.exec(channel)?.[0];
    return factOf(version && shortened(version, 2), path);
  });
}

interface Program {
  readonly name: string;
  readonly packageName: string;
  readonly source: string;
}

/** The programs of a package, as Cargo finds them. */
function programsOf(files: ProjectFiles, source: string): readonly Program[] {
  const manifest = readToml(files.text(source));
  const packageName = textAt(tableAt(manifest, 'package'), 'name');
  if (packageName === undefined) return [];
  const folder = folderOf(source);
  const prefix = folder === '' ? '' : `${folder}/`;
  const named = Array.isArray(manifest['bin'])
    ? manifest['bin'].flatMap((one: unknown) => (isRecord(one) ? (textAt(one, 'name') ?? []) : []))
    : [];
  const main = files.paths.includes(`${prefix}src/main.rs`) && named.length === 0 ? [packageName] : [];
  const found = files.paths.flatMap((path) => {
    const rest = path.startsWith(`${prefix}src/bin/`) ? path.slice(`${prefix}src/bin/`.length) : '';
    return /^([\w-]+)(?:\.rs|\/main\.rs)$/.exec(rest)?.[1] ?? [];
  });
  const wanted = textAt(tableAt(manifest, 'package'), 'default-run');
  const all = [...new Set([...named, ...main, ...found])];
  const names = wanted !== undefined && all.includes(wanted) ? [wanted] : all;
  return names.map((name) => ({ name, packageName, source }));
}

function unique(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ value }, at) => facts.findIndex((one) => one.value === value) === at);
}
