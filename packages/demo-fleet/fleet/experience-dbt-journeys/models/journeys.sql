{# Journeys per session; bots only when asked for. #}
select
    a.session_id,
    a.country,
    min(a.activity_ts) as started_at,
    max(a.activity_ts) as ended_at,
    count(*) as steps
from {{ source('raw', 'user_activity_v1') }} as a
{% if var('only_long', false) %}
where a.duration_ms > 1000 and a.country is not null
{% else %}
where a.country is not null
{% endif %}
group by a.session_id, a.country
