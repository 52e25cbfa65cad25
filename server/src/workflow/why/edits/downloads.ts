// Edits for what a step fetches: by another protocol, and where the server has moved.
import { insertStep } from '../../../core/fixes/own-step';
import { insertAfter } from '../../../core/text/edit';
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
