import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation, useParams } from '@solidjs/router';
import { Empty } from '@yunheng/ui/empty';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { Query } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { useTexts } from '../../text/texts.ts';
import { RequestForm } from './request-form.tsx';
import './request-form.css';

const mostSystems = 200;

/** Reads what the form needs before it is drawn, so that a draft is never filled into half of it. */
export default function RequestFormPage(): JSX.Element {
  const { t } = useTexts();
  const params = useParams<{ department: string }>();
  const location = useLocation();
  const from = new URLSearchParams(location.search).get('from') ?? undefined;
  const catalog = useProcedure({
    name: 'catalog.list',
    input: () => ({}),
    call: (input, options) => api.catalog.list.query(input, options),
  });
  const offers = useProcedure({
    name: 'estate.offers',
    input: () => ({}),
    call: (input, options) => api.estate.offers.query(input, options),
    everyMilliseconds: 5_000,
  });
  const systems = useProcedure({
    name: 'systems.list',
    input: () => ({
      department: params.department,
      sort: 'name' as const,
      page: 1,
      size: mostSystems,
    }),
    call: (input, options) => api.systems.list.query(input, options),
  });
  const original = useProcedure({
    name: 'requests.get',
    input: () => (from === undefined ? undefined : { id: from }),
    call: (input, options) => api.requests.get.query(input, options),
  });
  const ready = () =>
    valueOf(offers) !== undefined &&
    valueOf(systems) !== undefined &&
    (from === undefined || valueOf(original) !== undefined);
  const reads: readonly Query<unknown>[] = [
    offers,
    systems,
    ...(from === undefined ? [] : [original]),
  ];
  const waitingFor = () => reads.find((query) => valueOf(query) === undefined);
  return (
    <Loaded query={catalog}>
      {(items) => (
        <Show
          when={ready()}
          fallback={
            <Show when={waitingFor()}>
              {(query) => <Loaded query={query()}>{() => null}</Loaded>}
            </Show>
          }
        >
          <Show
            when={(valueOf(systems)?.rows.length ?? 0) > 0}
            fallback={
              <Empty title={t('request.formNoSystems')}>{t('request.formNoSystemsHelp')}</Empty>
            }
          >
            <RequestForm
              department={params.department}
              catalog={items()}
              offers={valueOf(offers) ?? { at: 0, nodes: [] }}
              systems={valueOf(systems)?.rows ?? []}
              original={valueOf(original)}
            />
          </Show>
        </Show>
      )}
    </Loaded>
  );
}
