import type { errors as zh } from '../zh-cn/errors.ts';

export const errors = {
  'input.invalid':
    'The input does not meet the rules[; {count|entry needs|entries need} correction].',
  'input.too_large':
    'The content is over 256 kB and was not processed. Shorten it and submit again.',
  'input.unknown_field': 'There is no field “{field}”.',
  'input.required': 'This is required.',
  'input.wrong_type': 'Wrong type: {expected} expected.',
  'input.too_long': 'Too long: at most {maximum}.',
  'input.too_short': 'Too short: at least {minimum}.',
  'input.too_big': 'Too large: at most {maximum}.',
  'input.too_small': 'Too small: at least {minimum}.',
  'input.not_allowed': 'Only one of these is possible: {allowed}.',
  'input.format': 'Not written as expected[: {format}].',
  'input.not_http': 'What arrived is not a complete HTTP request and was not processed.',
  'input.not_applicable':
    '[A {kind} request has no such field; ][With "{decision}" this has no meaning; ]leave it out.',
  'input.duplicate': '{name} is there more than once; there can be one only.',
  'input.unknown_name': 'There is no {name}: neither in this file nor registered before.',
  'input.not_json': 'The content is not complete JSON and was not processed.',
  'input.batch_too_large': 'At most {limit} calls in one batch; split them.',
  'input.unknown_path': 'There is no interface {path}; see /api/docs.',
  'input.method': '{path} does not take {method}; it takes {allowed}.',
  'input.unsupported_media': 'Only JSON (application/json) is accepted.',
  'auth.required': 'Sign in first.',
  'auth.bad_credentials':
    'Account or password is wrong.[ {limit|failure|failures} in a row lock the account for {minutes|minute|minutes}.]',
  'auth.locked':
    'Too many wrong passwords: the account is locked[ until {until}]. Try again then, or ask your security administrator.',
  'auth.session_expired': 'The session has expired. Sign in again; what you typed is still here.',
  'auth.csrf':
    "The request lacked this page's check value and was not carried out. Reload the page and do it again.",
  'auth.password_change_required': 'Change the password first; everything else comes after that.',
  'auth.weak_password':
    'The new password does not meet the rules:[ at least {minimum} characters,] unlike the account and the old password, not on the list of common ones.',
  'auth.password_short': 'At least {minimum} characters.',
  'auth.password_plain': 'Use at least {classes} of: upper case, lower case, digits, signs.',
  'auth.password_common': 'This is a common password; choose another.',
  'auth.password_name': 'It must not contain the account name.',
  'auth.password_used': 'It equals one of the last {count} passwords; choose another.',
  'auth.origin':
    'The request came from another site and was not carried out. Use the pages of this system.',
  'auth.scope':
    'The scopes of this access token do not cover this[ (it needs "{scope}")]. Nothing was done.',
  'access.forbidden': 'Your current role does not handle this.',
  'access.not_found': 'There is no such object, or it does not belong to your department.',
  'access.role_conflict':
    'The duties[ of {role} and {other}] exclude each other; one person cannot hold both.',
  'access.own_rights':
    'You cannot change your own roles; another security administrator does that.',
  'user.no_administrator':
    'No enabled administrator has the account[ {username}]; nothing was changed. [Enabled administrators: {known}. ]Where nobody holds one of the three roles, yunheng init makes a new one; the passwords of others are reset by the security administrator.',
  'user.duplicate': 'The account[ {username}] exists already. Choose another.',
  'request.stale':
    'Somebody updated this request. Look at the latest content first; what you typed is still here.',
  'request.wrong_state': 'The state of the request[ ({state})] does not allow this.',
  'request.no_lines': 'The request has no lines; it needs at least one.',
  'request.no_change': 'The amounts equal the present ones; there is nothing to change.',
  'request.no_allocation':
    'This environment has no allocation yet. Make a new one before changing or releasing it.',
  'request.allocation_unknown':
    'This environment has no such allocation, or it does not belong to your department. The page of the system lists those it has.',
  'request.allocation_exists':
    'This environment has an allocation in that pool already[ ({namespace})]. Use a change instead.',
  'request.new_under_way':
    'Another request[ ({number})] already asks for a new allocation of this environment in that pool. Wait for it and use a change, or withdraw it first.',
  'request.allocation_busy':
    'Another request[ ({number})] for the same allocation is under way. Submit after it is finished.',
  'request.item_unavailable':
    'The catalogue in force has no such item[ ({resource})]. Choose one that it has.',
  'request.item_resource':
    'This item supplies {resource}, not the resource of this line. Choose another item, or change the resource.',
  'request.item_pool':
    'This item is for pools[ of architecture {arch}][ of class {poolClass}] only. Choose another item or another pool.',
  'request.change_elsewhere':
    'A change stays in the pool[ {pool}] where the namespace is. For another pool, ask for a new allocation there and release this one.',
  'request.line_duplicate':
    'This repeats line {line}: {resource} of one place is one line, with the total that shall be there in the end.',
  'request.move_unknown':
    'There is no such line or pool to move. Reload and choose one of the pools that are offered.',
  'request.move_other_kind':
    'The pool is of another architecture or class. Choose a pool of the same kind[ ({arch}, {poolClass})].',
  'request.move_standing':
    'A change or release stays in the pool where the namespace is and cannot be moved. For another pool, return it and ask for a new allocation.',
  'request.move_apart': 'Lines of one pool become one namespace: move them to the same pool.',
  'request.move_merged':
    'Several pools were asked for; they cannot become one. Choose a different pool for each.',
  'request.too_many_lines': 'The request has too many lines[; at most {limit}]. Split it.',
  'request.no_ordinary_pods':
    'The quota of {resource} here will be 0: no ordinary pod starts. CPU and memory belong together.',
  'request.hold_cap':
    'Your department holds as much as it may for requests under way[: cap {cap}, held {held}, this {needed}]. Finish or withdraw some first.',
  'request.capacity_short':
    '[{resource}: ]the pool has too little free capacity[: {free} free, {needed} needed, {missing} short].',
  'request.quota_short':
    '[{resource}: ]the quota of your department is too small[: {free} free, {needed} needed, {missing} short].',
  'request.no_pool':
    'This cloud node has no such pool[ ({arch} {poolClass})]. Choose another node or architecture.',
  'request.idempotency_mismatch':
    'The same submission key came with other content. Nothing was done; reload and submit again.',
  'quantity.not_integer': 'The amount is not a whole number of the smallest unit.',
  'quantity.negative': 'The amount cannot be below 0.',
  'quantity.too_large': 'The amount is too large[; at most {maximum}].',
  'quantity.below_minimum': 'The amount is too small[; at least {minimum}].',
  'quantity.not_step': 'The amount must be a whole multiple[ of {step}].',
  'approval.not_your_step': 'This step is not yours to decide[; {roles} decides it].',
  'approval.own_request':
    'You cannot decide your own request; somebody else of the same role does.',
  'approval.twice':
    'You have decided another step of this request already; somebody else decides this one.',
  'approval.already_decided':
    '[{actor}: ]decided first[: {decision}]. What you typed is still here.',
  'approval.opinion_required': 'Returning and rejecting need an opinion.',
  'approval.content_changed':
    'The content changed after you opened it. Look at the new content first.',
  'provisioning.foreign_namespace':
    'Cluster[ {cluster}] already has a namespace of that name[ ({namespace})] that this platform did not make. It was left alone; an operator resolves it and retries.',
  'provisioning.cluster_unknown': 'This cluster[ ({cluster})] is not registered.',
  'provisioning.refused_by_cluster': 'The cluster[ {cluster}] refused this step[: {reason}].',
  'provisioning.not_ready':
    'The quota is not in effect on the cluster[ {cluster}] yet; it is checked again automatically.',
  'provisioning.deadline': 'The provisioning deadline has passed; an operator takes over.',
  'provisioning.mass_deletion':
    'More namespaces[ ({count})] would be deleted in a short time than the guard allows[ ({limit})]. Paused until an operator confirms.',
  'provisioning.deletion_started':
    'The deletion of the namespace[ {namespace}] has begun; it cannot be restored. If it is still needed, ask for a new allocation.',
  'allocation.not_active': 'The state of this environment[ ({state})] does not allow this.',
  'cluster.unavailable':
    'The cluster[ {cluster}] did not answer. Everything is saved and continues by itself.',
  'cluster.conflict':
    'The object on the cluster was just changed; it is tried again automatically.',
  'store.unavailable':
    'The ledger cannot be read or written at the moment. Nothing was done, and nothing confirmed is lost. Try again later.',
  'store.conflict': 'Another operation on the same object finished first. Reload and do it again.',
  'store.locked': 'Another Yunheng process uses this file[ ({path})]. Stop it before starting.',
  'store.damaged':
    'The header of the database file[ {path}] is damaged. The file was neither opened nor changed. Restore a backup, or move it away and start again.',
  'store.newer_version':
    'The database version[ {found}] is newer than this program[ ({supported})]. It was not opened; start the newer program.',
  'store.full':
    'The disk is full and nothing was written. Everything confirmed is there. Free some space and it recovers by itself.',
  'queue.unavailable':
    'The task queue is not available at the moment. Requests are saved and continue by themselves.',
  'system.not_a_demo':
    'People work with this system; it is no demo, and nothing was changed. Use another YUNHENG_HOME or an empty database for the demo.',
  'system.is_demo':
    'This is a demo, in which everybody shares a printed password; it cannot be served to people. Use another YUNHENG_HOME or an empty database, and begin with yunheng init.',
  'system.not_empty':
    'There are users already; the security administrator makes the others under Users and roles.',
  'server.not_running':
    'No running server was found ({home}). Start one with yunheng serve or yunheng demo.',
  'server.running': 'A server runs on this home[ ({url})]. Stop it first.',
  'server.port_in_use':
    'The port[ {port}] is in use. Stop the program that holds it, or choose another with --port.',
  'audit.proof_interrupted':
    'The proof stopped before its end and shows nothing. It can be asked for again.',
  'rate.limited': 'Too many requests[; try again in {seconds} s].',
  'rate.source':
    'Too many sign-ins are waiting from this network address; others are not affected[. Try again in {seconds} s].',
  'rate.streams':
    'Too many live views are open at once[ (at most {limit})]. Close some pages first.',
  'internal.unexpected':
    'Something unforeseen happened and nothing was done. Give the request id to the operators.',
} satisfies Record<keyof typeof zh, string>;
