'use client'

import { ExportMenu } from '@/components/layout/export-menu'
import { PageHeader } from '@/components/layout/page-header'
import { PrintButton } from '@/components/layout/print-button'
import { onDemand } from '@/components/ui/on-demand'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { evidencePackExport, findingExports } from '@/lib/client/exports'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { MapLoading } from './map/map-loading'
import { BoardLoading } from './migration/board-loading'
import { toPostureFilter } from './posture-filter'
import { PostureOverview } from './posture-overview'

// Loaded when their tab is opened.
const WhoTrustsWhat = onDemand(
  () => import('./map/who-trusts-what').then((module) => module.WhoTrustsWhat),
  <MapLoading />,
)
const MigrationBoard = onDemand(
  () => import('./migration/migration-board').then((module) => module.MigrationBoard),
  <BoardLoading />,
)

const tabs = ['findings', 'map', 'github-subjects'] as const

/** Posture of the organization's trusts. */
export function PosturePage() {
  const url = useUrlParameters()
  return (
    <>
      <PageHeader
        title="Posture"
        description="Whether each trust admits only those it is meant for, and who else gets in."
        action={
          <>
            <PrintButton />
            <ExportMenu choices={[...findingExports(toPostureFilter(url.get)), evidencePackExport()]} />
          </>
        }
      />
      <Tabs
        value={tabs.find((tab) => tab === url.get('tab')) ?? 'findings'}
        onValueChange={(tab) => url.set({ tab: tab === 'findings' ? null : tab }, 'push')}
      >
        <TabsList aria-label="Views of the posture">
          <TabsTrigger value="findings">Findings</TabsTrigger>
          <TabsTrigger value="map">Who trusts what</TabsTrigger>
          <TabsTrigger value="github-subjects">GitHub subjects</TabsTrigger>
        </TabsList>
        <TabsContent value="findings">
          <PostureOverview />
        </TabsContent>
        <TabsContent value="map">
          <WhoTrustsWhat />
        </TabsContent>
        <TabsContent value="github-subjects">
          <MigrationBoard />
        </TabsContent>
      </Tabs>
    </>
  )
}
