import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useParams } from '@solidjs/router';
import { LinkButton } from '@yunheng/ui/button';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import { useSession } from '../../api/session.tsx';
import { useDataAge } from '../../layout/data-age.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { QuotaSection } from './quota-section.tsx';
import { RecentSection } from './recent-section.tsx';
import { SystemsSection } from './systems-section.tsx';
import { TodoSection } from './todo-section.tsx';
import './home.css';

export default function HomePage(): JSX.Element {
  const { t } = useTexts();
  const session = useSession();
  const params = useParams<{ department: string }>();
  const query = useProcedure({
    name: 'departments.home',
    input: () => ({ departmentId: params.department }),
    call: (input, options) => api.departments.home.query(input, options),
    everyMilliseconds: 10_000,
  });
  useDataAge(() => valueOf(query)?.at);
  return (
    <>
      <PageHead
        title={valueOf(query)?.department.name ?? t('shell.home')}
        actions={
          <Show when={session.hasRole('applicant')}>
            <LinkButton kind="primary" href={paths.newRequest(params.department)}>
              {t('shell.newRequest')}
            </LinkButton>
          </Show>
        }
      />
      <Loaded query={query}>
        {(home) => (
          <div class="stack">
            <TodoSection home={home()} />
            <QuotaSection quota={home().quota} />
            <SystemsSection home={home()} />
            <RecentSection home={home()} />
          </div>
        )}
      </Loaded>
    </>
  );
}
