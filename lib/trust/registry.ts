import { z } from 'zod'

/** One entry of a registry: a file that describes one kind. */
export type RegistryItem = { kind: string; schema: z.ZodObject<{ kind: z.ZodLiteral<string> }> }

/**
 * A registry of kinds. Adding a kind is one file and one argument here; schema unions, forms, storage and the engine follow
 * from it.
 */
export function registry<const Items extends readonly [RegistryItem, ...RegistryItem[]]>(...items: Items) {
  type Item = Items[number]
  const byKind = new Map<string, Item>(items.map((item) => [item.kind, item]))
  return {
    items,
    kinds: items.map((item) => item.kind) as Item['kind'][],
    schema: z.discriminatedUnion('kind', items.map((item) => item.schema) as unknown as Schemas<Items>),
    /** The union with further fields that every kind has. */
    schemaWith<Shape extends z.ZodRawShape>(fields: z.ZodObject<Shape>) {
      const extended = items.map((item) => fields.extend(item.schema.shape))
      return z.discriminatedUnion('kind', extended as unknown as ExtendedSchemas<Items, Shape>)
    },
    /** Returns the item of a kind. Kinds come from parsed values, so an unknown one is a programming error. */
    of<Kind extends Item['kind']>(kind: Kind): Extract<Item, { kind: Kind }> {
      const item = byKind.get(kind)
      if (!item) throw new TypeError(`this registry has no item of kind ${kind}`)
      return item as Extract<Item, { kind: Kind }>
    },
  }
}

type Schemas<Items extends readonly RegistryItem[]> = { [Index in keyof Items]: Items[Index]['schema'] } & readonly [
  z.core.$ZodTypeDiscriminable,
  ...z.core.$ZodTypeDiscriminable[],
]

type ExtendedSchemas<Items extends readonly RegistryItem[], Shape extends z.ZodRawShape> = {
  [Index in keyof Items]: z.ZodObject<Shape & Items[Index]['schema']['shape']>
} & readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]
