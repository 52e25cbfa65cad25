// The light bulb: fixes, the same fix for the whole file, pins, ways to ignore, explanation. Nothing here
// asks a registry or a disk; what costs more than reading the analysis is left to resolve.
import { CodeActionKind } from '../library';
import type { CodeAction, CodeActionParams, Command, Diagnostic } from 'vscode-languageserver/node';
import { ignoreEdit } from '../../core/lint/ignore';
import type { Reported, ResolvedFix } from '../../core/lint/run';
import { findPins } from '../../core/analysis/images/pins';
import { findVersionPlaces } from '../../core/analysis/images/version-places';
import { touches } from '../../core/text/span';
import { ClientCommand, FIX_ALL_KIND, SOURCE } from '../../protocol';
import type { ActionData } from '../actions';
import { ServerCommand } from '../capabilities';
import type { Context } from '../context';
import { toDiagnostic, toSpan, toTextEdits, toWorkspaceEdit } from '../convert';
import type { Analysis } from '../session';

export async function codeActions(
  context: Context,
  params: CodeActionParams,
): Promise<(CodeAction | Command)[]> {
  const analysis = await context.session.analysis(params.textDocument.uri);
  if (!analysis) return [];
  const actions = actionsAt(context, analysis, params);
  if (context.client.actionLiterals) return actions;
  // A command can only have the client apply its edit.
  return context.client.applyEdit ? actions.flatMap((action) => toCommand(analysis, action) ?? []) : [];
}

function actionsAt(context: Context, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  const only = params.context.only;
  const wants = (kind: string): boolean =>
    !only || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const range = toSpan(analysis.document, params.range);
    const here = analysis.result.findings.filter(({ at }) => touches(at, range));
    for (const finding of here) actions.push(...fixes(context, analysis, finding));
    actions.push(...versions(context, analysis, here), ...pins(context, analysis, range));
    actions.push(...wholeFile(context, analysis, here));
    for (const finding of unique(here))
      actions.push(...ignores(context, analysis, finding), ...explain(context, analysis, finding));
  }
  // Unasked, a client gets this one only with its other source actions: it costs a run of fix-all.
  if (only && wants(FIX_ALL_KIND)) {
    const data: ActionData = { kind: 'fixAll', uri: analysis.document.uri };
    actions.push(deferred(context, { title: 'Fix all safe Drydock problems', kind: FIX_ALL_KIND }, data));
  }
  return actions;
}

function fixes(context: Context, analysis: Analysis, finding: Reported): CodeAction[] {
  const diagnostics = [toDiagnostic(analysis.document, finding, context.client, context.rulePage)];
  const offered = [finding.fix, ...finding.alternatives].filter((fix) => fix !== undefined);
  return offered.flatMap((fix, index) => {
    if (
      fix.files?.length &&
      (!context.client.createFiles || analysis.surroundings.contextFolder === undefined)
    )
      return [];
    const action = {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      ...(index === 0 && { isPreferred: fix.safety !== 'manual' }),
    };
    return [
      fix.files?.length
        ? withFiles(context, analysis, finding, fix, action)
        : {
            ...action,
            edit: toWorkspaceEdit(
              analysis.document,
              toTextEdits(analysis.document, fix.edits),
              [],
              context.client,
            ),
          },
    ];
  });
}

/** Another file may have changed since: it is read when the action is chosen. */
function withFiles(
  context: Context,
  analysis: Analysis,
  finding: Reported,
  fix: ResolvedFix,
  action: CodeAction,
): CodeAction {
  const data: ActionData = {
    kind: 'files',
    uri: analysis.document.uri,
    rule: finding.rule.id,
    at: finding.at,
    title: fix.title,
  };
  return deferred(context, action, data);
}

function wholeFile(context: Context, analysis: Analysis, here: readonly Reported[]): CodeAction[] {
  const actions: CodeAction[] = [];
  const uri = analysis.document.uri;
  for (const finding of unique(here)) {
    const same = analysis.result.findings.filter(
      ({ rule, fix }) => rule === finding.rule && fix && fix.safety !== 'manual' && fix.edits.length > 0,
    );
    if (same.length < 2) continue;
    const data: ActionData = { kind: 'fixRule', uri, rule: finding.rule.id };
    actions.push(
      deferred(
        context,
        { title: `Fix all ${finding.rule.id} problems in this file`, kind: CodeActionKind.QuickFix },
        data,
      ),
    );
  }
  const safe = analysis.result.findings.filter(({ fix }) => fix?.safety === 'safe' && fix.edits.length > 0);
  if (here.some((finding) => safe.includes(finding)) && safe.length > 1) {
    const data: ActionData = { kind: 'fixAll', uri };
    actions.push(
      deferred(
        context,
        { title: 'Fix all safe Drydock problems in this file', kind: CodeActionKind.QuickFix },
        data,
      ),
    );
  }
  return actions;
}

/** Rules whose findings a version takes care of. */
const wantVersions: ReadonlySet<string> = new Set(['image-tag-missing', 'image-tag-latest']);

function versions(context: Context, analysis: Analysis, here: readonly Reported[]): CodeAction[] {
  const findings = here.filter(({ rule }) => wantVersions.has(rule.id));
  if (findings.length === 0 || !context.pinner.allowed(analysis.settings.registry)) return [];
  const { document, result } = analysis;
  return findVersionPlaces(result.model).flatMap(({ uses, name, at }) => {
    const diagnostics = findings
      .filter((finding) => uses.some(({ image }) => image.span.start === finding.at.start))
      .map((finding) => toDiagnostic(document, finding, context.client, context.rulePage));
    if (diagnostics.length === 0) return [];
    const title = `Use the version that ${name}:latest is now`;
    const action = { title, kind: CodeActionKind.QuickFix, diagnostics };
    return [deferred(context, action, { kind: 'version', uri: document.uri, at })];
  });
}

function pins(context: Context, analysis: Analysis, range: { start: number; end: number }): CodeAction[] {
  if (!context.pinner.allowed(analysis.settings.registry)) return [];
  const { pins: found } = findPins(analysis.result.model);
  return found
    .filter(({ at, use }) => touches(at, range) || touches(use.image.span, range))
    .map(({ at, name }) => {
      const data: ActionData = { kind: 'pin', uri: analysis.document.uri, at };
      return deferred(context, { title: `Pin ${name} to its digest`, kind: CodeActionKind.QuickFix }, data);
    });
}

function ignores(context: Context, analysis: Analysis, finding: Reported): CodeAction[] {
  const { document, result } = analysis;
  const id = finding.rule.id;
  const diagnostics = [toDiagnostic(document, finding, context.client, context.rulePage)];
  const actions: CodeAction[] = [];
  for (const [scope, where] of [
    ['line', 'on this line'],
    ['file', 'in this file'],
  ] as const) {
    const edit = ignoreEdit(finding, scope, result);
    if (edit) {
      actions.push({
        title: `Ignore ${id} ${where}`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: toWorkspaceEdit(document, toTextEdits(document, [edit]), [], context.client),
      });
    }
  }
  if (context.session.pathOf(document.uri) !== undefined && context.client.createFiles) {
    const data: ActionData = { kind: 'ignoreInConfiguration', uri: document.uri, rule: id, at: finding.at };
    actions.push(
      deferred(
        context,
        { title: `Ignore ${id} in the project's configuration`, kind: CodeActionKind.QuickFix, diagnostics },
        data,
      ),
    );
  }
  return actions;
}

function explain(context: Context, { document }: Analysis, finding: Reported): CodeAction[] {
  if (!context.hasClientCommands) return [];
  const title = `Explain ${finding.rule.id}`;
  const diagnostics: Diagnostic[] = [toDiagnostic(document, finding, context.client, context.rulePage)];
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: ClientCommand.explainRule, arguments: [finding.rule.id] },
    },
  ];
}

function unique(findings: readonly Reported[]): Reported[] {
  return findings.filter(
    (finding, index) => findings.findIndex(({ rule }) => rule === finding.rule) === index,
  );
}

/** The same for a client that takes only commands: what the action runs, or the command that applies its edit. */
function toCommand({ document, version }: Analysis, action: CodeAction): Command | undefined {
  const { title, command, edit } = action;
  if (command) return { ...command, title };
  if (!edit) return undefined;
  const data: ActionData = { kind: 'edit', uri: document.uri, version, edit };
  return { title, command: ServerCommand.applyAction, arguments: [data] };
}

/** Computed when chosen: by resolve, or by a command of the server's in clients that cannot resolve. */
function deferred(context: Context, action: CodeAction, data: ActionData): CodeAction {
  if (context.client.resolveEdits) return { ...action, data };
  return {
    ...action,
    command: { title: `${SOURCE}: ${action.title}`, command: ServerCommand.applyAction, arguments: [data] },
  };
}
