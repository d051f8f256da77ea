'use client'

import { Bookmark, Trash2 } from 'lucide-react'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { Popover } from '@/components/ui/popover'
import { shownText } from '@/components/ui/shown'
import { listViews, noViews, type SavedView, storeViews, subscribeViews } from './view-store'

/** Filters of a list under a name of one's own, kept in this browser. `page` names the list. */
export function SavedViews({ page }: { page: string }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const views = useSyncExternalStore(
    subscribeViews,
    () => listViews(page),
    () => noViews,
  )

  function save(event: FormEvent) {
    event.preventDefault()
    const trimmed = name.trim()
    if (trimmed === '') return
    const view: SavedView = { name: trimmed, query: window.location.search }
    storeViews(page, [...views.filter((other) => other.name !== trimmed), view])
    setName('')
    setOpen(false)
  }

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Saved views"
      trigger={(button) => (
        <Button {...button}>
          <Bookmark aria-hidden />
          Views
        </Button>
      )}
    >
      {views.length === 0 && (
        <p className="text-compact text-muted-foreground">
          No saved views. A view stores the current filters in this browser.
        </p>
      )}
      <ul className="grid">
        {views.map((view) => (
          <li key={view.name} className="flex items-center gap-2">
            <Link
              href={`/${page}${view.query}`}
              onClick={() => setOpen(false)}
              className="min-w-0 flex-1 truncate rounded-sm py-1.5 hover:text-accent-text"
            >
              {shownText(view.name)}
            </Link>
            <IconButton
              size="sm"
              label={`Delete view ${view.name}`}
              onClick={() =>
                storeViews(
                  page,
                  views.filter((other) => other !== view),
                )
              }
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <form onSubmit={save} className="mt-2 flex gap-2 border-t pt-3">
        <Input
          aria-label="Name of the view"
          placeholder="Refusals of CI"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Save view
        </Button>
      </form>
    </Popover>
  )
}
