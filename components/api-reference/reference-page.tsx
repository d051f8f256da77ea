'use client'

import { SearchX } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchBox } from '@/components/ui/search-box'
import { Skeleton } from '@/components/ui/skeleton'
import { useOpenApi } from '@/lib/client/server-documents'
import { useUrlParameters } from '@/lib/client/url-parameters'
import type { Schema } from './json-schema'
import { OperationItem } from './operation-item'
import { groupByTag, listOperations, matchesSearch } from './operation-view'

/** Lists every API, from the server's OpenAPI document. */
export function ReferencePage() {
  const { data, error, refetch } = useOpenApi()
  return (
    <>
      <PageHeader
        title="API reference"
        description="All operations of this server, generated from its registry. Every call takes an access token as a bearer token, or your dashboard session."
        action={
          <Button asChild>
            <a href="/api/openapi.json" download="keybound-openapi.json">
              Download OpenAPI
            </a>
          </Button>
        }
      />
      {data ? (
        <Operations document={data} />
      ) : error ? (
        <Card>
          <ErrorState title="The OpenAPI document could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      ) : (
        <div className="grid gap-4">
          <Skeleton className="h-8 w-80 max-w-full" />
          <Skeleton className="h-96" />
        </div>
      )}
    </>
  )
}

function Operations({ document }: { document: Schema }) {
  const url = useUrlParameters()
  const search = url.get('search') ?? ''
  const all = useMemo(() => listOperations(document), [document])
  const found = all.filter((operation) => matchesSearch(operation, search))
  const groups = groupByTag(document, found)
  useOpenedByFragment()

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox
          label="Search operations"
          placeholder="Method, path or words"
          value={search}
          onChange={(text) => url.set({ search: text })}
        />
        <p aria-live="polite" className="text-compact text-muted-foreground">
          {found.length === all.length ? `${all.length} operations` : `${found.length} of ${all.length} operations`}
        </p>
      </div>
      {!search && <Contents groups={groups} />}
      {groups.map((group) => (
        <div key={group.name} id={tagAnchor(group.name)}>
          <Section title={group.name} description={group.description} flush>
            <ul className="divide-y">
              {group.operations.map((operation) => (
                <OperationItem key={operation.anchor} document={document} operation={operation} />
              ))}
            </ul>
          </Section>
        </div>
      ))}
      {groups.length === 0 && (
        <Card>
          <EmptyState
            icon={SearchX}
            title="No operation matches"
            action={<Button onClick={() => url.set({ search: null })}>Show all</Button>}
          />
        </Card>
      )}
    </div>
  )
}

function Contents({ groups }: { groups: readonly { name: string }[] }) {
  return (
    <nav aria-label="APIs">
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {groups.map(({ name }) => (
          <li key={name}>
            <a href={`#${tagAnchor(name)}`} className="rounded-sm text-accent-text underline-offset-4 hover:underline">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const tagAnchor = (name: string) => `api-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`

/** Opens and scrolls to the operation in the URL's fragment, on load and on change. */
function useOpenedByFragment() {
  useEffect(() => {
    const show = () => {
      const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)))
      if (target instanceof HTMLDetailsElement) target.open = true
      target?.scrollIntoView()
    }
    show()
    window.addEventListener('hashchange', show)
    return () => window.removeEventListener('hashchange', show)
  }, [])
}
