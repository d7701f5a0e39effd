package com.acme.ads

import com.spotify.scio._
import com.spotify.scio.bigquery._

object ReachJob {
  private val UserActivityV1 = Table.Spec("acme-data:analytics.user_activity_v1")

  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)
    sc.bigQueryTable(UserActivityV1)
      .map(row => (row.getString("country"), row.getString("user_id")))
      .countApproxDistinctByKey()
      .map { case (country, reach) => s"$country,$reach" }
      .saveAsTextFile(args("output"))
    sc.run()
  }
}
