-- Check applications against the table of conditions: duckdb -c ".read check.sql", in a folder with the tables
-- (guide-extract run GUIDE.pdf --to parquet) and applications.json. The same as check.py, in SQL.

CREATE OR REPLACE TEMP VIEW applications AS
SELECT * FROM read_json('applications.json', columns = {
  id: 'VARCHAR', guide: 'VARCHAR', section: 'VARCHAR', track: 'VARCHAR',
  says: 'STRUCT(fact VARCHAR, "by" VARCHAR, "of" VARCHAR, value JSON)[]'
});

CREATE OR REPLACE TEMP VIEW conditions AS FROM '*.conditions.parquet';

CREATE OR REPLACE TEMP VIEW asked AS
SELECT a.id, a.says, c.*
FROM applications a
JOIN conditions c ON c.file = a.guide || '.pdf' AND (c.section IS NULL OR c.section = a.section)
WHERE c.binding IN ('must', 'should')
  AND (c.track IS NULL OR c.track = a.track)
  -- the duration of the guide holds where the section states none
  AND NOT (c.section IS NULL AND c.fact = 'project_months' AND EXISTS (
    FROM conditions own WHERE own.file = c.file AND own.section = a.section AND own.fact = 'project_months'));

CREATE OR REPLACE TEMP VIEW tried AS
SELECT asked.*, (
    SELECT bool_and(CASE op
        WHEN 'at_least' THEN counted >= value_number
        WHEN 'at_most' THEN counted <= value_number
        WHEN 'equals' THEN said.value->>'$' = asked.value OR coalesce(counted = value_number, false)
        WHEN 'one_of' THEN list_contains(string_split(asked.value, '; '), said.value->>'$')
        WHEN 'before' THEN said.value->>'$' <= asked.value
        WHEN 'after' THEN said.value->>'$' >= asked.value
      END)
    FROM (
      SELECT said.value,
        CASE json_type(said.value)
          WHEN 'ARRAY' THEN len(list_filter(said.value::VARCHAR[], lambda code: asked.among IS NULL
            OR list_contains(string_split(asked.among, '; '), code)))
          ELSE try_cast(said.value->>'$' AS DOUBLE)
        END AS counted
      FROM (SELECT unnest(asked.says) AS said)
      WHERE said.fact = asked.fact AND said.by IS NOT DISTINCT FROM asked.by
        AND (asked.of IS NULL OR said.of = asked.of)
        AND asked."when" IS NULL AND coalesce(asked.value, '') NOT IN ('guide_deadline', 'closed')
    ) AS said
  ) AS holds
FROM asked;

CREATE OR REPLACE TEMP VIEW verdicts AS
SELECT id,
  CASE
    WHEN bool_or(binding = 'must' AND holds IS FALSE) THEN 'refused'
    WHEN bool_and(coalesce(holds, false)) THEN 'accepted'
    ELSE 'to be judged'
  END AS verdict
FROM tried GROUP BY id;

-- each verdict, with the conditions that were failed or, without any, those that a person has to judge
SELECT v.id, v.verdict, t.fact, t.text, t.page
FROM verdicts v
LEFT JOIN tried t ON t.id = v.id AND (
  (v.verdict = 'refused' AND t.binding = 'must' AND t.holds IS FALSE) OR
  (v.verdict = 'to be judged' AND t.holds IS NOT TRUE))
ORDER BY v.id, t.section NULLS LAST, t."order";
