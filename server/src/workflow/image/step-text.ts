// What a person reads of a step of an image's history: the instruction, without what the builder wrote around it.

/**
 * BuildKit writes `RUN /bin/sh -c make # buildkit`; docker's old builder, buildah and podman `/bin/sh -c make` and
 * `/bin/sh -c #(nop) COPY file:… in b`; build arguments stand in front as `|1 NAME=value`.
 * @returns one line
 */
export function stepText(createdBy: string): string {
  let text = createdBy.replace(/\s+/g, ' ').trim();
  const end = ' # buildkit';
  if (text.endsWith(end)) text = text.slice(0, -end.length);
  const noted = text.indexOf('#(nop) ');
  if (noted >= 0) return withoutChecksum(text.slice(noted + '#(nop) '.length).trim());
  const isRun = text.startsWith('RUN ');
  if (isRun) text = text.slice('RUN '.length);
  const shell = text.indexOf('/bin/sh -c ');
  const isShell = shell === 0 || (shell > 0 && text.startsWith('|'));
  if (isShell) text = text.slice(shell + '/bin/sh -c '.length);
  return isRun || isShell ? `RUN ${text}` : text;
}

/** Those builders name no source, but a checksum, with which a changed file would make another step. */
function withoutChecksum(text: string): string {
  return text.replace(/\b(?:file|dir|multi):[0-9a-f]{64}\b/g, '…');
}

/** @param width in characters, at least 2 */
export function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
