/** What the verbs of the terminal say. */
export const cli = {
  number: 'Number',
  kind: 'Kind',
  state: 'State',
  system: 'System',
  department: 'Department',
  step: 'Step',
  due: 'Due',
  updated: 'Updated',
  name: 'Name',
  code: 'Code',
  allocated: 'Allocated',
  held: 'Held',
  free: 'Free',
  supply: 'Supply',
  pool: 'Pool',
  resource: 'Resource',
  cluster: 'Cluster',
  law: 'Law',
  checked: 'Checked',
  result: 'Result',
  username: 'Account',
  password: 'One-time password',
  scopes: 'Scopes',
  expires: 'Expires',
  none: 'Nothing matches.',
  initDone:
    'The three administrators exist. The passwords are shown once and must be changed at first sign-in:',
  initRestored:
    'Roles that nobody held have new accounts. The passwords are shown once and must be changed at first sign-in:',
  initHeld: '{role}: held by {usernames}, not changed.',
  initNothing:
    'No account was made. For an administrator without password run yunheng init --reset ACCOUNT.',
  initReset:
    'Sessions, access tokens and cluster access of {username} are ended. The new password is shown once and must be changed at first sign-in:',
  provinceImported: 'Registered: {rows} new.',
  provinceChanged:
    'Changed as the file says: entitlement or overcommit of {changed|department or pool|departments and pools}.',
  provinceDifference: '{where}: registered {stored}, in the file {given}',
  provinceRevise:
    'Published policies, catalogue items and calendars never change. Raise the revision, say from when, and import again:',
  provinceAsk:
    'Entitlements and overcommits change only on request. Import again with --change to take over:',
  provinceRelease:
    'More is held and allocated than the file leaves. Release first, then import again with --change:',
  provinceFixed: 'Cannot be changed yet once registered; put the file back to what is registered:',
  provinceDiffers:
    'The file differs from what is registered in {count|place|places}; none of the above was changed.',
  migrated: 'The database has the newest structure.',
  noPassword: 'No password was given. Type it in a terminal, or name it in YUNHENG_PASSWORD.',
  askPassword: 'Password of {username}: ',
  loggedIn: 'Signed in: {username}. The access token is kept in {path} and expires {expires}.',
  needLogin: 'Run yunheng login ACCOUNT first, or give an access token in YUNHENG_TOKEN.',
  submitted: 'Submitted: {number}',
  decided: 'Decided: {state}',
  withdrawn: 'Withdrawn.',
  restoring: 'The release is taken back; see yunheng request watch for how it goes on.',
  tokenOnce: 'Access token, shown once: {token}',
  revoked: 'The access token is revoked.',
  chainOk:
    'The audit chain is whole: {entries|entry|entries}, {heads|signed head|signed heads}, {unsealed|entry|entries} to be sealed.',
  chainBad: 'The audit chain is not whole: {what} (entry {seq})',
  lawHolds: 'holds',
  lawBroken: 'broken',
  lawUnread: 'not read',
  lawTested: 'shown by a test',
  cluster_absent: 'absent',
  cluster_stopped: 'stopped',
  cluster_starting: 'starting',
  cluster_running: 'running',
  clustersNone: 'No clusters here yet; yunheng cluster up makes them.',
  clusterStopped: 'Cluster {name} is stopped.',
  clusterAbsent: 'Cluster {name} was not running.',
  unknownName: 'There is no {name}. Known: {names}',
  contextsUnknown:
    'No context in YUNHENG_KUBECONFIG is a cluster of the estate. It has: {found}. Right would be: {wanted}.',
  serveNoUsers:
    'Nobody has an account here yet. Stop with Ctrl-C and run yunheng init first: it makes the three administrators.',
  serveClusters: 'Clusters by the contexts of YUNHENG_KUBECONFIG: {clusters}',
  serveMissing:
    'Some clusters are not connected: what is approved there waits. YUNHENG_KUBECONFIG has to name contexts: {wanted}.',
  serveNoClusters:
    'No clusters are registered yet; yunheng province import registers a province with its clusters.',
  settingWrong: '{name} is {value}, which is not right. Expected: {right}.',
  settingUnsaid: 'The value of {name} is not right. Expected: {right}.',
  settingPort: 'a whole number from 0 to 65535',
  settingSchema:
    'lower-case letters, digits and underscores, none of the digits first, at most 63 characters',
  settingText: 'a text that is not empty',
  optionUnknown: 'There is no option {option}. Known: {known}.',
  optionNeedsValue: 'The option {option} needs a value.',
  optionTakesNone: 'The option {option} takes no value.',
  noFile: 'The file {path} cannot be read.',
  notJson: '{path} is not JSON.',
  usage: 'Usage: yunheng VERB [--json] [--help]',
  exitCodes:
    'Exit codes: 0 done; 1 refused, or a check found something; 2 not read (server, database or cluster; for a check also not signed in or not allowed); 64 usage.',
};
