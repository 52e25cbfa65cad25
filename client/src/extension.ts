// Starts the extension. Does nothing that takes time; each part does that when it is needed.
import * as vscode from 'vscode';
import { ExplainedBuilds } from './build/explained-builds';
import { BuildTasks } from './build/tasks';
import { registerCommands } from './commands';
import { ImageInspector } from './image/inspect-image';
import { LineMarks } from './line-marks';
import { ReleaseRunner } from './release/release-runner';
import { ScanRunner } from './scan/scan-runner';
import { ServerSession } from './server-session';
import { showStatus } from './status';

let running: ServerSession | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Drydock', { log: true });
  const session = new ServerSession(context, log);
  running = session;
  const marks = new LineMarks((uri) => session.describe(uri));
  const explained = new ExplainedBuilds(session, marks);
  const builds = new BuildTasks(context.workspaceState, session, marks, explained, log);
  const scans = new ScanRunner(session, marks, builds, log);
  // Menus of files that are no Dockerfiles show our entries only where Dockerfiles are.
  void vscode.commands.executeCommand('setContext', 'drydock.isActive', true);
  const releases = new ReleaseRunner(builds, context.workspaceState, log);
  const images = new ImageInspector({
    lastImage: (uri) => builds.lastImage(uri),
    build: (document) => builds.build(document),
    describe: (uri) => session.describe(uri),
  });
  context.subscriptions.push(
    log,
    marks,
    explained,
    builds,
    images,
    showStatus(session, builds),
    ...registerCommands({ session, builds, explained, scans, releases, images, log }),
  );
}

/** VS Code waits for this, unlike for the subscriptions. */
export function deactivate(): Promise<void> | undefined {
  return running?.dispose();
}
