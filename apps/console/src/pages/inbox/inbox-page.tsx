import { Show, createEffect, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Empty } from '@yunheng/ui/empty';
import { Split } from '@yunheng/ui/split';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useDataAge } from '../../layout/data-age.ts';
import { useKeys } from '../../layout/keyboard.ts';
import { useTexts } from '../../text/texts.ts';
import { InboxCard } from './inbox-card.tsx';
import { InboxList } from './inbox-list.tsx';
import { useInboxQuery } from './inbox-query.ts';
import './inbox.css';

const size = 100;

export default function InboxPage(): JSX.Element {
  const { t } = useTexts();
  const url = useInboxQuery();
  const query = useProcedure({
    name: 'requests.inbox',
    input: () => ({ box: url.query().box, sort: url.query().sort, page: url.query().page, size }),
    call: (input, options) => api.requests.inbox.query(input, options),
    everyMilliseconds: 10_000,
  });
  useDataAge(() => valueOf(query)?.at);
  createEffect(() => {
    document.title = t('shell.title', { page: t('request.inboxTitle') });
  });
  // What was just decided is still in the last reading; it must not be opened again.
  const [decided, setDecided] = createSignal<readonly string[]>([]);
  const ids = () =>
    (valueOf(query)?.rows ?? [])
      .map((row) => row.id)
      .filter((id) => url.query().box === 'done' || !decided().includes(id));
  const neighbour = (by: 1 | -1) => {
    const all = ids();
    const at = all.indexOf(url.query().item ?? '');
    return at === -1 ? all[0] : all[at + by];
  };
  const move = (by: 1 | -1) => () => {
    const item = neighbour(by);
    if (item !== undefined) url.replace({ item });
  };
  useKeys(() => ({ j: move(1), k: move(-1) }));
  // After a decision the next one is opened, so that a morning's work needs no mouse.
  const onDecided = () => {
    const done = url.query().item;
    const item = neighbour(1) ?? neighbour(-1);
    if (done !== undefined) setDecided((all) => [...all, done]);
    url.replace({ item: item === done ? undefined : item });
    void query.refetch();
  };
  // On a wide screen something is always open; on a phone the list comes first.
  createEffect(() => {
    const first = ids()[0];
    if (
      url.query().item === undefined &&
      first !== undefined &&
      matchMedia('(min-width: 901px)').matches
    )
      url.replace({ item: first });
  });
  return (
    <div class="inbox">
      <h1 class="vh">{t('request.inboxTitle')}</h1>
      <Split
        listLabel={t('request.inboxTitle')}
        open={url.query().item !== undefined}
        list={<InboxList query={query} />}
        card={
          <Show
            when={url.query().item}
            keyed
            fallback={
              <Show when={ids().length > 0}>
                <Empty title={t('request.inboxChoose')} />
              </Show>
            }
          >
            {(id) => <InboxCard id={id} onDecided={onDecided} />}
          </Show>
        }
      />
    </div>
  );
}
