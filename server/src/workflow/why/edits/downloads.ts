// Edits for what a step fetches: by another protocol, and where the server has moved.
import { insertStep } from '../../../core/fixes/own-step';
import { insertAfter, replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Makes git ask GitHub by https where a dependency names `git://`. */
export function gitByHttps({ model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  if (/insteadof/i.test(model.file.text)) return [];
  const step = insertStep(model, stage, instruction, [
    'git config --system url.https://github.com/.insteadOf git://github.com/',
  ]);
  return offer('Fetch from GitHub by https instead of git://', step);
}

/** Fetches the submodules with the repository, where the stage clones only one. */
export function withSubmodules({ model, stage, instruction }: Failure): readonly ExplainedEdit[] {
  const clones = model.commands.filter(
    ({ program, args, instruction: where, span }) =>
      program === 'git' &&
      args[0]?.value === 'clone' &&
      span.start < instruction.span.end &&
      stage.chain.some((one) => one === model.stageOf(where)),
  );
  const [clone, ...others] = clones;
  const [verb, ...words] = clone?.args ?? [];
  const isDeep = words.some(({ value }) => /^--recurs(?:e-submodules|ive)/.test(value ?? ''));
  if (!clone?.editable || !clone.script || !verb || others.length > 0 || isDeep) return [];
  return offer('Fetch the submodules, too', insertAfter(verb.span, ' --recurse-submodules'));
}

/** Servers that only lead on to their new address. */
const leadOn = /\/\/(?:repo\.continuum\.io|bit\.ly|git\.io|goo\.gl|tinyurl\.com)\//;

/** Lets curl go where the server sends it, and stop at an error, instead of keeping the page that says so. */
export function followRedirects({ facts, model, instruction }: Failure): readonly ExplainedEdit[] {
  const isPage = /^\d+ bytes$/.test(facts.detail ?? '');
  const edits = model
    .commandsOf(instruction)
    .filter(({ program, script, editable }) => program === 'curl' && script && editable)
    .filter(({ args }) => isPage || args.some(({ text }) => leadOn.test(text)))
    .flatMap(({ name, args }) => {
      const words = args.map(({ value = '' }) => value);
      const has = (short: string, long: string): boolean =>
        words.some((word) => word === long || (/^-[a-zA-Z]/.test(word) && word.includes(short)));
      if (has('L', '--location') || has('I', '--head')) return [];
      return [insertAfter(name.span, has('f', '--fail') ? ' -L' : ' -fL')];
    });
  return offer('Let curl follow redirects, and stop where the server refuses', ...edits);
}

/**
 * Servers of Apache and their mirrors, which keep the newest releases only, or are gone. Below a folder `apache` of a foreign
 * server lies what archive.apache.org has below `dist`.
 */
const newestOnly =
  /https?:\/\/(?:(?:downloads|dlcdn)\.apache\.org(?:\/dist)?|www(?:[.-](?:us|eu))?\.apache\.org\/dist|apache\.(?!org\b)[\w-]+(?:\.[\w-]+)+(?:\/dist)?|(?!(?:[\w-]+\.)*(?:github(?:usercontent)?\.com|apache\.org|maven\.org|amazonaws\.com|googleapis\.com)\/)[\w-]+(?:\.[\w-]+)+\/(?:(?:pub|mirrors?|ftp|net|software|dist)\/){0,3}apache(?:\/dist)?)(?=\/[\w$]|\/?["']?(?:\s|$))/g;

/** Mirrors that SourceForge chooses from; each of them may go. */
const oneMirror = /https?:\/\/[\w-]+\.dl\.sourceforge\.net(?=[/"'\s]|$)/g;

/** Downloads a release of Apache from the archive, also where a variable holds the address. */
export function apacheArchive(failure: Failure): readonly ExplainedEdit[] {
  return fromOtherServer(
    failure,
    newestOnly,
    'https://archive.apache.org/dist',
    'Download from archive.apache.org',
  );
}

/** Lets SourceForge choose the mirror. */
export function anyMirror(failure: Failure): readonly ExplainedEdit[] {
  return fromOtherServer(
    failure,
    oneMirror,
    'https://downloads.sourceforge.net',
    'Let SourceForge choose the mirror',
  );
}

/** In the failing instruction, and in the variables before it. */
function fromOtherServer(
  { facts, model, stage, instruction }: Failure,
  servers: RegExp,
  to: string,
  title: string,
): readonly ExplainedEdit[] {
  const edits = [...model.preamble, ...stage.instructions]
    .filter((one) => one === instruction || /^(?:ARG|ENV)$/.test(one.keyword))
    .filter((one) => one.index <= instruction.index)
    .flatMap(({ span }) =>
      [...model.document.slice(span).matchAll(servers)]
        .filter(({ 0: server }) => facts.host === undefined || isSaid(server, facts.host))
        .map(({ index, 0: server }) =>
          replace({ start: span.start + index, end: span.start + index + server.length }, to),
        ),
    );
  return offer(title, ...edits);
}

/** Whether the log speaks of this server; those of Apache send each other's requests on. */
function isSaid(server: string, host: string): boolean {
  const own = /\/\/([^/]+)/.exec(server)?.[1] ?? '';
  return own === host || (host.endsWith('apache.org') && own.endsWith('apache.org'));
}
