{{ config(materialized='incremental') }}

with activity as (
    select * except (score, legacy_id) from {{ source('raw', 'user_activity_v1') }}
),

ranked as (
    select
        user_id,
        country,
        activity_date,
        rank() over (partition by user_id order by activity_date desc) as recency
    from activity
    {% if is_incremental() %}
    where activity_date >= date '2025-01-01' and country is not null
    {% else %}
    where country is not null
    {% endif %}
)

select user_id, country, activity_date
from ranked
where recency = 1
