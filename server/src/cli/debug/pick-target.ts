// Which container or pod a word of the command line means.
import { targetName } from '../../workflow/debug/targets';
import type { DebugTarget } from '../../workflow/debug/targets';
import { didYouMean } from '../../core/text/nearest';

/**
 * The target that a word means.
 * @param container of a pod that has several
 * @returns `problem`: why it is none, without a full stop
 */
export function pickTarget(
  targets: readonly DebugTarget[],
  word: string,
  container: string | undefined,
): DebugTarget | { readonly problem: string } {
  const fitting = targets.filter((one) =>
    one.kind === 'container'
      ? one.name === word || (word.length > 3 && one.id.startsWith(word))
      : one.pod === word || targetName(one) === word,
  );
  const wanted =
    container === undefined
      ? fitting
      : fitting.filter((one) => one.kind === 'pod' && one.container === container);
  const [first, ...more] = wanted;
  if (first && more.length === 0) return first;
  const names = [...new Set(targets.map(targetName))];
  if (fitting.length === 0) {
    const near = didYouMean(word, names) || (names.length > 0 ? `. There is ${names.join(', ')}` : '');
    return { problem: `there is no container ${word}${near}` };
  }
  const places = new Set(fitting.map(targetName));
  if (places.size > 1)
    return { problem: `${word} is in ${[...places].join(' and ')}: give the whole name, or --engine` };
  const inside = fitting.flatMap((one) => (one.kind === 'pod' ? [one.container] : [`in ${one.engine}`]));
  return { problem: `${word} has ${inside.join(', ')}: choose with --container or --engine` };
}
