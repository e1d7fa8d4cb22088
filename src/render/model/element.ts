import type { RootContent } from 'mdast'

/** Makes an mdast node that remark-rehype turns into the HTML element of that name. */
export function element(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  children: readonly unknown[],
): RootContent {
  return {
    type: 'weftElement',
    children,
    data: { hName: name, hProperties: properties },
  } as unknown as RootContent
}
