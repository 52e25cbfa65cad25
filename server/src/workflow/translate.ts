// Texts for people, in their language where they have one.

/** `vscode.l10n.t` in the editor. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** For where there is no translation: the command line. */
export function english(message: string, ...values: (string | number)[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, at: string) => String(values[Number(at)] ?? whole));
}
