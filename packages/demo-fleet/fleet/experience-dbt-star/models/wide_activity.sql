select
    {{ dbt_utils.star(from=source('raw', 'user_activity_v1'), except=['legacy_id', 'score']) }}
from {{ source('raw', 'user_activity_v1') }}
