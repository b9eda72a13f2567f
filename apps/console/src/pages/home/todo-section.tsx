import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Section } from '@yunheng/ui/facts';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Mark } from '@yunheng/ui/state-mark';
import { useSession } from '../../api/session.tsx';
import type { DepartmentHome } from '../../api/types.ts';
import { useWaiting } from '../../layout/waiting.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';

type Todo = { mark: Mark; word: string; text: string; href: string; count: number };

/** What waits for this person, most pressing first. Nothing is said where nothing waits. */
export function TodoSection(props: { home: DepartmentHome }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const session = useSession();
  const waiting = useWaiting();
  const todos = (): Todo[] => {
    const { counts, department } = props.home;
    const list = (state: string) => paths.requests({ state, department: department.id });
    const toDecide = session.hasRole('head') ? (waiting('inbox') ?? 0) : 0;
    const all: Todo[] = [
      {
        mark: 'you',
        word: t('shell.inbox'),
        text: t('request.homeWaiting', { count: toDecide }),
        href: paths.inbox(),
        count: toDecide,
      },
      {
        mark: 'bad',
        word: texts.word('requestStates', 'failed'),
        text: t('request.homeFailed', { count: counts.failed }),
        href: list('failed'),
        count: counts.failed,
      },
      {
        mark: 'back',
        word: texts.word('requestStates', 'returned'),
        text: t('request.homeReturned', { count: counts.returned }),
        href: list('returned'),
        count: counts.returned,
      },
      {
        mark: 'draft',
        word: texts.word('requestStates', 'draft'),
        text: t('request.homeDraft', { count: counts.draft }),
        href: list('draft'),
        count: counts.draft,
      },
    ];
    return all.filter((todo) => todo.count > 0);
  };
  const total = () => todos().reduce((sum, todo) => sum + todo.count, 0);
  return (
    <Section
      title={t('request.homeTodo')}
      note={total() === 0 ? undefined : t('request.homeTodoNote', { count: total() })}
      bare
    >
      <ul class="todo body body-flush">
        <Show when={todos().length === 0}>
          <li>
            <span class="sub">{t('request.homeNothing')}</span>
          </li>
        </Show>
        <For each={todos()}>
          {(todo) => (
            <li>
              <StateMark mark={todo.mark}>{todo.word}</StateMark>
              <span class="grow inline">
                <a href={todo.href}>{todo.text}</a>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Section>
  );
}
