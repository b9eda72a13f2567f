import { For, Show, createEffect } from 'solid-js';
import type { JSX } from 'solid-js';
import { useTexts } from '../text/texts.ts';

export type Crumb = { label: string; href: string };

export type PageHeadProps = {
  /** Plain words for the title of the window. */
  title: string;
  heading?: JSX.Element | undefined;
  mark?: JSX.Element | undefined;
  sub?: JSX.Element | undefined;
  actions?: JSX.Element | undefined;
  crumbs?: readonly Crumb[] | undefined;
};

export function PageHead(props: PageHeadProps): JSX.Element {
  const { t } = useTexts();
  createEffect(() => {
    document.title = t('shell.title', { page: props.title });
  });
  return (
    <>
      <Show when={props.crumbs}>
        {(crumbs) => (
          <ol class="crumb">
            <For each={crumbs()}>
              {(crumb) => (
                <li>
                  <a href={crumb.href}>{crumb.label}</a>
                </li>
              )}
            </For>
          </ol>
        )}
      </Show>
      <div class="head">
        <h1>
          {props.heading ?? props.title}
          {props.mark}
        </h1>
        <Show when={props.actions}>{(actions) => <span class="acts">{actions()}</span>}</Show>
        <Show when={props.sub}>{(sub) => <p class="sub">{sub()}</p>}</Show>
      </div>
    </>
  );
}
