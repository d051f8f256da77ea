-- CreateTable
CREATE TABLE "KeySourceDay" (
    "sourceId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "fetches" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,

    PRIMARY KEY ("sourceId", "day"),
    CONSTRAINT "KeySourceDay_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "KeySourceDay_day_idx" ON "KeySourceDay"("day");
