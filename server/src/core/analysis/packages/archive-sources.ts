// Whether a stage changes where its package manager looks: its lists of sources, its configuration, a proxy or mirror.
import type { Model, Stage } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';

/** Hosts that have what others have no more, proxies for packages, and the files that say where packages come from. */
const elsewhere =
  /archive\.debian\.|archive\.kernel\.|old-releases\.|vault\.centos|snapshot\.(?:debian|ubuntu)|freexian|Acquire::https?::|apt-cacher|\/etc\/apt\/mirrors|yum\.repos\.d|yum-config-manager|\/etc\/yum\.conf|--releasever/i;

/** Adds a list to those of the distribution: a file of another name, or one that is fetched. */
const addsList =
  /(?:>>?|\btee(?:\s+-a)?|\s-[oO]|--output|--add-repo)[\s=]*["']?(?:\/etc\/yum\.repos\.d\/(?!CentOS)[\w.-]+|https?:\S+\.repo)|yum-config-manager\s+--(?:enable|add-repo)/g;

/** The list of the distribution itself. A text appended to it leaves what is there. */
const ownList =
  /(>>\s*|tee\s+(?:-a|--append)\s+)?["']?\/etc\/apt\/(?:sources\.list(?![.\w])|sources\.list\.d\/(?:debian|ubuntu|\*|["'\s;&|]))/g;

/** Programs and scripts whose name says that they set up package sources. */
const setsUp = /(?:^|\/)[\w.-]*(?:sources|mirror|archive|apt|repos?)[\w.-]*\.(?:sh|py|bash)\b/i;

/** Variables that point elsewhere. */
const pointing =
  /^mirror|(?:apt|deb|debian|ubuntu|centos|yum)_?(?:mirror|proxy|url|repo|cache|source|archive|snapshot)/i;

/** By stage, the index of the first instruction that may change the sources. */
const firstChange = once((model: Model): ReadonlyMap<Stage, number> => {
  const first = new Map<Stage, number>();
  for (const stage of model.stages) {
    const found = stage.instructions.find((one) => changesSources(model, one.trigger ?? one));
    if (found) first.set(stage, found.index);
  }
  return first;
});

/**
 * Whether an instruction, or one before it in its stage or the parents of that, may change where the distribution's
 * packages come from.
 */
export function hasChangedSources(model: Model, { index }: Instruction, stage: Stage): boolean {
  const first = firstChange(model);
  return first.size > 0 && stage.chain.some((one) => (first.get(one) ?? Infinity) <= index);
}

/** What the text as a whole has: most files have neither, and then no step needs a look. */
const signsOf = once(({ file: { text } }: Model) => ({
  mayPoint: elsewhere.test(text) || setsUp.test(text),
  mayWriteList: text.includes('/etc/apt/sources.list'),
}));

function changesSources(model: Model, instruction: Instruction): boolean {
  const { keyword, pairs, span } = instruction;
  switch (keyword) {
    case 'RUN': {
      const { mayPoint, mayWriteList } = signsOf(model);
      if (!mayPoint && !mayWriteList) return false;
      const whole = model.document.slice(span);
      const text = whole.includes('yum') ? whole.replace(addsList, '') : whole;
      if (mayPoint && (elsewhere.test(text) || setsUp.test(text))) return true;
      if (!mayWriteList) return false;
      for (const match of text.matchAll(ownList)) {
        if (match[1] === undefined && !keepsHosts(text.slice(0, match.index))) return true;
      }
      return false;
    }
    case 'ENV':
    case 'ARG':
      return pairs.some(
        ({ key, value }) => pointing.test(key.value) && value !== undefined && value.value !== '',
      );
    case 'COPY':
    case 'ADD':
      return bringsSources(model, instruction);
    default:
      return false;
  }
}

/** Whether the last command before a place is a sed that adds a component or the like, and changes no server. */
function keepsHosts(before: string): boolean {
  const command = before.slice(Math.max(...['&', ';', '|'].map((sign) => before.lastIndexOf(sign))) + 1);
  return (
    /\bsed\b/.test(command) && !/http|archive|mirror|debian|ubuntu|deb\b|\.(?:com|org|net|cn)\b/.test(command)
  );
}

function bringsSources(model: Model, instruction: Instruction): boolean {
  const copy = model.copyOf(instruction);
  if (!copy) return false;
  const { path = '' } = copy.destination;
  const names = copy.sources.map(({ value }) => value);
  // A list beside the distribution's own leaves that as it is.
  if (path.startsWith('/etc/apt/sources.list.d'))
    return [path, ...names].some((name) => /(?:^|\/)(?:debian|ubuntu)[\w.-]*$/.test(name));
  return (
    /^\/etc(?:\/?$|\/apt(?:\/?$|\/(?:sources|apt\.conf|mirror))|\/yum)/.test(path) ||
    names.some((name) =>
      /sources?\.list|(?:debian|ubuntu)\.sources|apt\.conf|\.repo$|(?:^|\/)(?:etc|rootfs)\/?$/.test(name),
    )
  );
}
