import { admin } from './zh-cn/admin.ts';
import {
  auditActions,
  auditDoers,
  auditSources,
  auditSubjects,
  auditVias,
} from './zh-cn/audit-words.ts';
import { capacity } from './zh-cn/capacity.ts';
import { cli } from './zh-cn/cli.ts';
import { demo } from './zh-cn/demo.ts';
import { entry } from './zh-cn/entry.ts';
import { errors } from './zh-cn/errors.ts';
import {
  changeEvents,
  events,
  notices,
  preparation,
  releaseEvents,
  restoreEvents,
} from './zh-cn/events.ts';
import { request } from './zh-cn/request.ts';
import { shell } from './zh-cn/shell.ts';
import * as words from './zh-cn/words.ts';

export const dictionary = {
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
