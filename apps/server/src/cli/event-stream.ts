/** One message of a server-sent event stream. */
export interface StreamMessage {
  readonly event: string;
  readonly id: string | null;
  readonly data: string;
}

/** Reads a stream of events as it arrives; ends when the server or the network ends it. */
export async function* readEventStream(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield messageOf(block);
  }
}

function messageOf(block: string): StreamMessage {
  const fields = block.split('\n').map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /u, '') };
  });
  const all = (name: string) => fields.filter((field) => field.name === name);
  return {
    event: all('event').at(-1)?.value ?? 'message',
    id: all('id').at(-1)?.value ?? null,
    data: all('data')
      .map(({ value }) => value)
      .join('\n'),
  };
}
