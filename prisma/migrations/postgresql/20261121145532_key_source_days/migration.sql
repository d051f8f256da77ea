-- CreateTable
CREATE TABLE "KeySourceDay" (
    "sourceId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "fetches" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,

    CONSTRAINT "KeySourceDay_pkey" PRIMARY KEY ("sourceId","day")
);

-- CreateIndex
CREATE INDEX "KeySourceDay_day_idx" ON "KeySourceDay"("day");

-- AddForeignKey
ALTER TABLE "KeySourceDay" ADD CONSTRAINT "KeySourceDay_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState"("id") ON DELETE CASCADE ON UPDATE CASCADE;
