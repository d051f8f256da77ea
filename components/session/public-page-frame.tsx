import type { ReactNode } from 'react'
import { BrandMark } from '@/components/layout/brand'

/** Frame of pages without a session: product name, the page's only heading, one card. */
export function PublicPageFrame({
  title,
  description,
  children,
}: {
  title: string
  description: ReactNode
  children: ReactNode
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <header className="grid gap-3">
        <p className="flex items-center gap-2 font-semibold tracking-tight">
          <BrandMark />
          Keybound
        </p>
        <div>
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          <p className="mt-1 text-muted-foreground">{description}</p>
        </div>
      </header>
      <div className="rounded-lg border bg-surface p-5">{children}</div>
    </main>
  )
}
