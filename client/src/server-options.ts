// How the language server is started, and what it is told at the start.
import * as vscode from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { TransportKind } from 'vscode-languageclient/node';
import { dockerfileLanguage, languageFeatureExtensions, sourceName } from '../../server/src/protocol';
import type { InitializationOptions } from '../../server/src/protocol';

const debugPort = 6019;

export function serverOptions(context: vscode.ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath('dist/server.js');
  const transport = TransportKind.ipc;
  return {
    run: { module, transport },
    debug: { module, transport, options: { execArgv: ['--nolazy', `--inspect=${debugPort}`] } },
  };
}

export function clientOptions(log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    // Every scheme: files, untitled, remote and virtual documents alike.
    documentSelector: [{ language: dockerfileLanguage }],
    diagnosticCollectionName: sourceName,
    diagnosticPullOptions: { onChange: true, onSave: false, onTabs: false },
    // Called at every start, so that a restart tells the truth of then.
    initializationOptions: (): InitializationOptions => ({
      workspaceTrusted: vscode.workspace.isTrusted,
      coexistence: coexistence(),
    }),
    markdown: { isTrusted: false, supportHtml: false },
    outputChannel: log,
  };
}

/** Active extensions that offer basic language features for Dockerfiles; VS Code lists only those switched on. */
export function coexistence(): readonly string[] {
  return languageFeatureExtensions.filter((id) => vscode.extensions.getExtension(id) !== undefined);
}
