/* First touch and sign-up of each user.
   RANK keeps both events when two share a timestamp. */
WITH activity AS (
  SELECT user_id, country, event_type, activity_ts
  FROM `acme-data.analytics.user_activity_v1`
),
first_touch AS (
  SELECT user_id, country, activity_ts AS first_seen
  FROM activity
  WHERE TRUE
  QUALIFY RANK() OVER (PARTITION BY user_id ORDER BY activity_ts) = 1
),
signups AS (
  SELECT user_id, MIN(activity_ts) AS signed_up_at
  FROM activity
  WHERE event_type = 'signup'
  GROUP BY user_id
)
SELECT
  f.user_id,
  f.country,
  f.first_seen,
  s.signed_up_at
FROM first_touch AS f
JOIN signups AS s
  ON s.user_id = f.user_id
