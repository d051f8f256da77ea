import { z } from 'zod'

/** What stands on a shelf: one file that describes one kind. */
export type ShelfItem = { kind: string; schema: z.ZodObject<{ kind: z.ZodLiteral<string> }> }

/**
 * A shelf is a registry of kinds. Adding a kind is one file and one argument here; schema unions, forms, storage and
 * the engine follow from it.
 */
export function shelf<const Items extends readonly [ShelfItem, ...ShelfItem[]]>(...items: Items) {
  type Item = Items[number]
  const byKind = new Map<string, Item>(items.map((item) => [item.kind, item]))
  return {
    items,
    kinds: items.map((item) => item.kind) as Item['kind'][],
    schema: z.discriminatedUnion('kind', items.map((item) => item.schema) as unknown as Schemas<Items>),
    /** The item of a kind. Kinds come from parsed values, so one that is not on the shelf is a programming error. */
    of<Kind extends Item['kind']>(kind: Kind): Extract<Item, { kind: Kind }> {
      const item = byKind.get(kind)
      if (!item) throw new TypeError(`nothing of kind ${kind} on this shelf`)
      return item as Extract<Item, { kind: Kind }>
    },
  }
}

type Schemas<Items extends readonly ShelfItem[]> = { [Index in keyof Items]: Items[Index]['schema'] } & readonly [
  z.core.$ZodTypeDiscriminable,
  ...z.core.$ZodTypeDiscriminable[],
]
