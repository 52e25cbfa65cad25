// Starts the extension. Does nothing that takes time; each part does that when it is needed.
import * as vscode from 'vscode';
import { ExplainedBuilds } from './build/explained-builds';
import { BuildTasks } from './build/tasks';
import { registerCommands } from './commands';
import { ImageView } from './image/image-view';
import { ImageInspector } from './image/inspect-image';
import { Pages } from './image/pages';
import { SizeHints } from './image/size-hints';
import { LineMarks } from './line-marks';
import { CycleRunner } from './release/cycle-runner';
import { SigningCommands } from './release/signing';
import { ReleaseRunner } from './release/release-runner';
import { ScanActions } from './scan/scan-actions';
import { ScanRunner } from './scan/scan-runner';
import { ServerSession } from './server-session';
import { showStatus } from './status';
import { endPrograms } from './trust';

let running: ServerSession | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Drydock', { log: true });
  const session = new ServerSession(context, log);
  running = session;
  const marks = new LineMarks((uri) => session.describe(uri));
  const explained = new ExplainedBuilds(session, marks);
  const builds = new BuildTasks(context.workspaceState, session, marks, explained, log);
  const scans = new ScanRunner(session, marks, builds, log);
  const scanActions = new ScanActions(session, scans, builds, log);
  const releases = new ReleaseRunner(builds, context.workspaceState, log);
  const describe = (uri: vscode.Uri): ReturnType<ServerSession['describe']> => session.describe(uri);
  const pages = new Pages();
  const view = new ImageView(describe);
  const images = new ImageInspector({
    lastImage: (uri) => builds.lastImage(uri),
    build: (document) => builds.build(document),
    times: (uri) => builds.times(uri),
    rememberCosts: (uri, costs) => builds.rememberCosts(uri, costs),
    describe,
    view,
    marks,
    pages,
    log,
  });
  const signing = new SigningCommands(log);
  const cycles = new CycleRunner(session, builds, context.workspaceState, pages, log);
  const hints = new SizeHints({ costs: (uri) => builds.costs(uri), describe, onCosts: builds.onCosts });
  context.subscriptions.push(
    log,
    marks,
    explained,
    builds,
    images,
    pages,
    view,
    hints,
    scanActions,
    builds.onBuilt(({ uri, bytes }) => {
      images.afterBuild(uri, bytes).catch((error: unknown) => log.warn(String(error)));
    }),
    showStatus(session, builds),
    ...registerCommands({
      session,
      builds,
      explained,
      scans,
      scanActions,
      releases,
      images,
      signing,
      cycles,
      pages,
      log,
    }),
  );
}

/** VS Code waits for this, unlike for the subscriptions. */
export function deactivate(): Promise<void> | undefined {
  endPrograms();
  return running?.dispose();
}
