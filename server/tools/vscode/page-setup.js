// Runs in the page of the browser-hosted VS Code, before the workbench reads its configuration. The server
// has no way to pass these on, so `addPageSetup` (installation.mjs) puts this script into the page.
{
  const element = document.getElementById('vscode-workbench-web-configuration');
  const configuration = JSON.parse(element.dataset.settings);

  // Defaults as on the desktop, and a window without offers. Settings of the user and the workspace win.
  configuration.configurationDefaults = {
    'files.autoSave': 'off',
    'window.menuBarVisibility': 'classic',
    'chat.disableAIFeatures': true,
    'remote.autoForwardPorts': false,
    'telemetry.telemetryLevel': 'off',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
  };
  delete configuration.productConfiguration.serviceWorker;

  // Development builds of VS Code read these entries of the payload themselves. Folders stay in the
  // payload when another folder is opened in the window.
  const payload = JSON.parse(new URLSearchParams(location.search).get('payload') ?? '[]');
  const remote = (path) => ({ scheme: 'vscode-remote', authority: configuration.remoteAuthority, path });
  const folders = payload
    .filter(([key]) => key === 'extensionDevelopmentPath')
    .map(([, path]) => remote(path));
  const tests = payload.find(([key]) => key === 'extensionTestsPath')?.[1];
  if (folders.length) configuration.developmentOptions.extensions = folders;
  if (tests) configuration.developmentOptions.extensionTestsPath = remote(tests);

  element.dataset.settings = JSON.stringify(configuration);
}
