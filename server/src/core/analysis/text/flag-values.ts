// What the builder refuses in the value of a flag.
import type { FlagInfo } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import { listed } from '../../text/listed';
import { baseName } from '../../text/paths';
import type { Span } from '../../text/span';
import { nearest } from '../../text/nearest';
import { mountProblem } from './mount-problems';
import type { ValueProblem } from './mount-problems';
import type { UsedFlag } from './used-flags';

/**
 * @param path of the file, whose name says for whom it is written
 * @returns undefined if the builder accepts the value, and where a variable decides
 */
export function valueProblem(
  model: Model,
  { instruction, flag }: UsedFlag,
  info: FlagInfo,
  path: string | undefined,
): ValueProblem | undefined {
  const { name, value, span } = flag;
  if (info.value === 'boolean') return booleanProblem(name, value?.value, value?.span ?? span);
  if (value === undefined) return { at: span, what: `--${name} needs a value` };
  if (info.value === 'mount')
    return mountProblem(flag, model.environmentAt(instruction).workdir, isForBuildah(path));
  const text = value.value;
  if (info.value === 'choice') {
    if (info.values.includes(text)) return undefined;
    const what = `--${name} takes ${listed(info.values)}, not ${text === '' ? 'nothing' : text}`;
    return { at: value.span, what, meant: nearest(text.toLowerCase(), info.values) };
  }
  // HEALTHCHECK's are healthcheck-duration-invalid.
  if (text === '' && info.value !== 'duration' && info.value !== 'number')
    return { at: span, what: `--${name} has no value`, isIgnored: true };
  if (text.includes('$')) return undefined;
  if (info.value === 'mode' && !isMode(text)) return { at: value.span, what: `--chmod cannot read ${text}` };
  if (info.value === 'platform' && !isPlatform(text))
    return {
      at: value.span,
      what: `${text} is not a platform such as linux/amd64`,
      meant: nearest(text, info.values),
    };
  if (info.value === 'checksum') return checksumProblem(model, instruction, value.span, text);
  return undefined;
}

/** Whether the name of a file says that buildah or podman builds it. */
function isForBuildah(path: string | undefined): boolean {
  return path !== undefined && /(?:^|\.)containerfile(?:\.|$)/i.test(baseName(path));
}

function booleanProblem(name: string, value: string | undefined, at: Span): ValueProblem | undefined {
  if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
  const meant = /^(?:1|y|yes|on|t|enabled?)$/i.test(value)
    ? 'true'
    : /^(?:0|n|no|off|f|disabled?)$/i.test(value)
      ? 'false'
      : undefined;
  return { at, what: `--${name} takes true or false, not ${value === '' ? 'nothing' : value}`, meant };
}

function isMode(text: string): boolean {
  if (/^\d+$/.test(text)) return /^[0-7]+$/.test(text) && parseInt(text, 8) <= 0o7777;
  return text.split(',').every((part) => /^[ugoa]*(?:[-+=][rwxXstugo]*)+$/.test(part));
}

/** Operating systems and architectures that may stand alone. */
const single: ReadonlySet<string> = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos macos ' +
    '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ' +
    'ppc riscv riscv64 s390 s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel'
  ).split(' '),
);

/** Whether the builder reads a text without variables as a platform. */
export function isPlatform(text: string): boolean {
  const [system = '', ...more] = text.split('/');
  if (!/^[\w.-]+(?:\(.*\))?$/.test(system) || more.length > 2) return false;
  if (more.length === 0) return single.has(system.replace(/\(.*$/, '').toLowerCase());
  return more.every((part) => /^[\w.-]+$/.test(part));
}

const digits: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

function checksumProblem(
  model: Model,
  instruction: UsedFlag['instruction'],
  at: Span,
  text: string,
): ValueProblem | undefined {
  const sources = model.copyOf(instruction)?.sources ?? [];
  const [source, another] = sources;
  if (another) return { at, what: '--checksum is for one source' };
  if (!source || source.variable) return undefined;
  if (source.kind !== 'url')
    return source.kind === 'git' ? undefined : { at, what: '--checksum is for a URL' };
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+):([0-9a-f]*)$/.exec(text) ?? [];
  const wanted = digits[algorithm];
  if (wanted === hex.length) return undefined;
  return {
    at,
    what:
      wanted === undefined
        ? 'A checksum begins with sha256:'
        : `A ${algorithm} checksum has ${wanted} digits and this one ${hex.length}`,
  };
}
