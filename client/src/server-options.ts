// How the client starts the language server, and what it tells it at the start.
import * as vscode from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { TransportKind } from 'vscode-languageclient/node';
import { languageFeatureExtensions } from '../../server/src/protocol/coexistence';
import { dockerfileLanguage, sourceName } from '../../server/src/protocol/names';
import type { InitializationOptions } from '../../server/src/protocol/messages';
import { renameOnlySaved } from './rename-only-saved';

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
    // Every scheme: files, untitled, remote and virtual documents.
    documentSelector: [{ language: dockerfileLanguage }],
    diagnosticCollectionName: sourceName,
    diagnosticPullOptions: { onChange: true, onSave: false, onTabs: false },
    // A function, so that every restart sends the current state.
    initializationOptions: (): InitializationOptions => ({
      workspaceTrusted: vscode.workspace.isTrusted,
      coexistence: coexistence(),
    }),
    middleware: { provideRenameEdits: renameOnlySaved },
    markdown: { isTrusted: false, supportHtml: false },
    outputChannel: log,
  };
}

/** Active extensions with basic language features for Dockerfiles. VS Code lists only enabled ones. */
export function coexistence(): readonly string[] {
  return languageFeatureExtensions.filter((id) => vscode.extensions.getExtension(id) !== undefined);
}
