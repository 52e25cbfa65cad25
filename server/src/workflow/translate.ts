/** `vscode.l10n.t`, for modules that do without `vscode`: tests hand in their own. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
