import type { Dictionary } from './translator.ts';
import { admin } from './en/admin.ts';
import {
  auditActions,
  auditDoers,
  auditSources,
  auditSubjects,
  auditVias,
} from './en/audit-words.ts';
import { capacity } from './en/capacity.ts';
import { cli } from './en/cli.ts';
import { demo } from './en/demo.ts';
import { entry } from './en/entry.ts';
import { errors } from './en/errors.ts';
import {
  changeEvents,
  events,
  notices,
  preparation,
  releaseEvents,
  restoreEvents,
} from './en/events.ts';
import { request } from './en/request.ts';
import { shell } from './en/shell.ts';
import * as words from './en/words.ts';

export const dictionary: Dictionary = {
  ...words,
  auditActions,
  auditSources,
  auditSubjects,
  auditVias,
  auditDoers,
  errors,
  events,
  changeEvents,
  releaseEvents,
  restoreEvents,
  notices,
  preparation,
  shell,
  entry,
  request,
  capacity,
  admin,
  cli,
  demo,
};
