import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { dictionary } from '@yunheng/messages/zh-cn';
import { afterEach, expect, test } from 'vitest';
import { TextsProvider, createTexts } from '../text/texts.ts';
import { NowherePage } from './nowhere-page.tsx';

afterEach(cleanup);

test('an address without a page has a heading and a title of its own, and a way home', () => {
  document.title = '用户与角色·云衡';
  render(() => (
    <TextsProvider value={createTexts('zh-CN', dictionary)}>
      <MemoryRouter>
        <Route path="*" component={NowherePage} />
      </MemoryRouter>
    </TextsProvider>
  ));
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('没有这个页面');
  expect(document.title).toBe('没有这个页面·云衡');
  expect(screen.getByRole('link', { name: '回首页' }).getAttribute('href')).toBe('/');
});
