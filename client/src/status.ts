// The language status items: whether the server is well, which features are on, and which engine builds.
import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/protocol/messages';
import { dockerfileLanguage } from '../../server/src/protocol/names';
import type { BuildTasks } from './build/tasks';
import type { ServerSession } from './server-session';
import { coexistence } from './server-options';

const { t } = vscode.l10n;

export function showStatus(session: ServerSession, builds: BuildTasks): vscode.Disposable {
  const selector = { language: dockerfileLanguage };
  const server = vscode.languages.createLanguageStatusItem('drydock.server', selector);
  server.name = 'Drydock';
  server.text = 'Drydock';
  server.detail = t('starting');
  server.command = { command: 'drydock.showLog', title: t('Show Log') };

  const features = vscode.languages.createLanguageStatusItem('drydock.features', selector);
  features.name = t('Drydock language features');
  features.command = {
    command: 'workbench.action.openSettings',
    title: t('Settings'),
    arguments: ['drydock.languageFeatures'],
  };

  const engine = vscode.languages.createLanguageStatusItem('drydock.engine', selector);
  engine.name = t('Drydock engine');
  engine.command = {
    command: 'workbench.action.openSettings',
    title: t('Settings'),
    arguments: ['drydock.build.engine'],
  };
  const showEngine = (): void => {
    const found = builds.lastEngine;
    engine.text = found ? `${found.way} ${found.version}`.trim() : t('Engine: chosen at the first build');
    engine.detail = found?.program ?? '';
  };
  showEngine();

  return vscode.Disposable.from(
    server,
    features,
    engine,
    builds.onEngine(showEngine),
    session.onStop(() => {
      server.severity = vscode.LanguageStatusSeverity.Error;
      server.detail = t('stopped: run the command Restart Server');
    }),
    session.onStatus((status) => {
      showServer(server, status);
      showFeatures(features, status);
    }),
  );
}

function showServer(item: vscode.LanguageStatusItem, { problems, ruleCount }: StatusParams): void {
  item.severity =
    problems.length > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  item.detail = problems[0] ?? t('{0} rules', ruleCount);
  if (problems.length > 1) item.detail = t('{0} (and {1} more)', item.detail, problems.length - 1);
}

function showFeatures(item: vscode.LanguageStatusItem, { languageFeatures }: StatusParams): void {
  item.text = languageFeatures ? t('Language features: on') : t('Language features: off');
  const others = coexistence();
  item.detail = languageFeatures || others.length === 0 ? '' : t('provided by {0}', others.join(', '));
}
